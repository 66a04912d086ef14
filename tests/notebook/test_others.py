"""Further databases of a lesson: made, worked on, let go of, and kept when they are made anew."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import diff, read_applied, read_schema
from course_lib.notebook import Lesson
from course_lib.notebook.migrate_magic import migrate_line
from course_lib.notebook.migration_cell import migration_cell
from course_lib.notebook.sql_magic import sql_cell

from .conftest import THREE_STATEMENTS

EMAIL = "001_add_email_to_users"


def test_a_copy_has_the_rows_the_rules_and_the_ledger_of_this_moment(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, THREE_STATEMENTS)
    migrate_line(lesson, "up")
    half_read = lesson.db.execute("SELECT * FROM users")
    half_read.fetchone()
    assert "`staging.duckdb` is there" in lesson.copy("staging").text
    with duckdb.connect(lesson.folder / "staging.duckdb") as staging:
        assert diff(read_schema(staging), read_schema(lesson.db)) == ()
        assert [row.name for row in read_applied(staging)] == [EMAIL]
        assert staging.execute("SELECT count(*) FROM users").fetchall() == [(3000,)]
    assert "Nothing to do" in migrate_line(lesson, "up --at staging").text


def test_what_runs_at_another_database_leaves_the_lessons_own_alone(lesson: Lesson) -> None:
    lesson.copy("mira")
    migration_cell(lesson, EMAIL, THREE_STATEMENTS)
    up = migrate_line(lesson, "up --at mira").text
    assert up.startswith("Done.") and up.endswith("At `mira.duckdb`.")
    assert "1 applied, 0 pending." in migrate_line(lesson, "status --at mira").text
    assert "0 applied, 1 pending." in migrate_line(lesson, "status").text
    shown = sql_cell(lesson, "--at mira", "SELECT count(email) AS emails FROM users").text
    assert "3000" in shown and "This ran on `mira.duckdb`." in shown
    assert migrate_line(lesson, "down --at mira").text.startswith("Done.")


def test_an_empty_database_begins_with_no_table_and_takes_the_files(lesson: Lesson) -> None:
    migrate_line(lesson, "baseline 001_what_was_there")
    lesson.empty("jonas")
    assert "Done." in migrate_line(lesson, "up --at jonas").text
    assert migrate_line(lesson, "diff jonas").text.startswith("No difference.")


def test_a_file_is_free_after_the_cell_and_an_open_transaction_is_rolled_back(
    lesson: Lesson,
) -> None:
    lesson.copy("mira")
    shown = sql_cell(lesson, "--at mira", "BEGIN; DELETE FROM users;").text
    assert "ended without `COMMIT`" in shown
    with duckdb.connect(lesson.folder / "mira.duckdb") as mira:
        assert mira.execute("SELECT count(*) FROM users").fetchall() == [(3000,)]
    assert "ended without" not in sql_cell(lesson, "--at mira", "SELECT 1").text


def test_one_that_is_made_anew_is_kept_apart_and_so_are_all_at_a_new_start(lesson: Lesson) -> None:
    lesson.copy("mira")
    sql_cell(lesson, "--at mira", "DROP TABLE products")
    told = lesson.empty("mira").text
    (kept,) = lesson.folder.glob("earlier/*/mira.duckdb")
    assert str(kept.parent.relative_to(lesson.folder)) in told
    with duckdb.connect(kept) as before:
        assert before.execute("SELECT count(*) FROM users").fetchall() == [(3000,)]
    lesson.start_again()
    assert list(lesson.folder.glob("mira.duckdb*")) == []
    assert len(list(lesson.folder.glob("earlier/*/mira.duckdb"))) == 2


def test_several_are_made_at_once_or_none_where_one_has_no_name(lesson: Lesson) -> None:
    assert "`Mira` is no name" in lesson.copy("staging", "Mira").text
    assert list(lesson.folder.glob("staging*")) == []
    told = lesson.copy("staging", "mira").text
    assert told.startswith("Done.") and told.count("is there, with all that") == 2


def test_a_reset_leaves_the_other_databases_where_they_are(lesson: Lesson) -> None:
    lesson.copy("mira")
    migrate_line(lesson, "reset")
    assert (lesson.folder / "mira.duckdb").exists()


@pytest.mark.parametrize("name", ["shop", "../out", "Mira", "a b", "", "x.duckdb"])
def test_a_name_that_is_none_makes_nothing(lesson: Lesson, name: str) -> None:
    assert lesson.db
    before = sorted(lesson.folder.rglob("*"))
    for made in (lesson.copy(name), lesson.empty(name)):
        assert "is no name for another database" in made.text
    assert sorted(lesson.folder.rglob("*")) == before
    assert not (lesson.folder.parent / "out.duckdb").exists()


def test_a_database_that_is_not_there_is_a_sentence_with_those_that_are(lesson: Lesson) -> None:
    assert "there is none yet" in migrate_line(lesson, "up --at jonas").text
    lesson.copy("mira")
    told = sql_cell(lesson, "--at jonas", "SELECT 1").text
    assert told.startswith("Nothing was run.") and "there are mira" in told
    assert not Path("jonas.duckdb").exists()


@pytest.mark.parametrize("line", ["up --at", "up --at mira --at mira", "reset --at mira"])
def test_an_at_that_cannot_be_is_told_and_nothing_is_done(lesson: Lesson, line: str) -> None:
    lesson.copy("mira")
    told = migrate_line(lesson, line).text
    assert "nothing was done" in told and "--at" in told.split("\n", 1)[1]
    assert list(lesson.folder.glob("earlier")) == []


def test_a_cell_of_sql_takes_one_place(lesson: Lesson) -> None:
    for options in ("--at", "--at mira --scratch"):
        assert "has no option" in sql_cell(lesson, options, "SELECT 1").text


def test_no_reset_is_advised_at_a_database_that_none_puts_back(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, THREE_STATEMENTS)
    migrate_line(lesson, "up")
    lesson.copy("staging")
    migration_cell(lesson, EMAIL, THREE_STATEMENTS.replace("(255)", ""))
    for line in ("status", "up"):
        there = migrate_line(lesson, f"{line} --at staging").text
        assert "put the text back" in there and "reset" not in there
        assert "`%migrate reset`" in migrate_line(lesson, line).text
