from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from course_lib.notebook import Lesson
from course_lib.notebook.migrate_magic import migrate_line
from course_lib.notebook.migration_cell import migration_cell

from .conftest import THREE_STATEMENTS

EMAIL = "001_add_email_to_users"
HANDLE = """\
-- migrate:up
ALTER TABLE users ADD COLUMN handle VARCHAR;
UPDATE users SET handle = lower(name);
ALTER TABLE users ALTER COLUMN handle SET NOT NULL;
-- migrate:down
ALTER TABLE users DROP COLUMN handle;
"""


def columns(lesson: Lesson) -> list[str]:
    return [row[0] for row in lesson.db.execute("DESCRIBE users").fetchall()]


def test_up_and_down_with_a_half_read_result_and_an_open_cursor(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, THREE_STATEMENTS)
    half_read = lesson.db.execute("SELECT * FROM users")
    half_read.fetchone()
    reader = lesson.db.cursor()
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM products").fetchone()
    up = migrate_line(lesson, "up")
    assert up.text.startswith("Done.") and "guard: shadow" in up.text
    reader.close()
    assert columns(lesson) == ["id", "name", "joined", "phone", "email"]
    assert migrate_line(lesson, "down").text.startswith("Done.")
    assert columns(lesson) == ["id", "name", "joined", "phone"]


def test_plan_and_rehearse_change_nothing(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, THREE_STATEMENTS)
    assert "Nothing is done yet" in migrate_line(lesson, "plan").text
    assert "rehearsal passed" in migrate_line(lesson, "rehearse").text
    assert columns(lesson) == ["id", "name", "joined", "phone"]
    assert "0 applied, 1 pending." in migrate_line(lesson, "status").text


def test_a_plan_down_counts_what_would_be_lost(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, THREE_STATEMENTS)
    migrate_line(lesson, "up")
    assert "3,000 values" in migrate_line(lesson, "plan down").text


def test_a_failing_step_leaves_the_database_as_it_was(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, THREE_STATEMENTS)
    migrate_line(lesson, "up")
    migration_cell(lesson, "002_add_handle", HANDLE)
    before = lesson.db.execute("SELECT * FROM users ORDER BY id").fetchall()
    shown = migrate_line(lesson, "up")
    assert "`002_add_handle` failed" in shown.text
    assert "34 of 3,000 rows" in shown.text and "ran, and was undone" in shown.text
    assert lesson.db.execute("SELECT * FROM users ORDER BY id").fetchall() == before
    assert columns(lesson) == ["id", "name", "joined", "phone", "email"]
    assert "failed" in migrate_line(lesson, "rehearse").text


def test_what_an_operation_refuses_is_not_said_to_be_of_duckdb(lesson: Lesson) -> None:
    text = "operations = [add_column('users', 'city', 'VARCHAR', not_null=True)]"
    migration_cell(lesson, "001_city.py", text)
    said = migrate_line(lesson, "up").text
    assert "refused. The engine says: users has 3,000 rows that would have no value" in said


def test_up_stops_at_the_number_or_the_name_that_is_given(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, THREE_STATEMENTS)
    migration_cell(lesson, "002_add_handle", HANDLE)
    assert migrate_line(lesson, "up 001").text.startswith("Done.")
    assert f"everything up to `{EMAIL}` is applied" in migrate_line(lesson, f"up {EMAIL}").text
    assert "1 applied, 1 pending" in migrate_line(lesson, "status").text


def test_reset_gives_the_start_back_and_keeps_files_and_a_copy(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, THREE_STATEMENTS)
    migrate_line(lesson, "up")
    shown = migrate_line(lesson, "reset")
    assert "back at its start" in shown.text and "baseline" not in shown.text
    assert columns(lesson) == ["id", "name", "joined", "phone"]
    assert "0 applied, 1 pending." in migrate_line(lesson, "status").text
    assert len(list(lesson.folder.glob("earlier/*/shop.duckdb"))) == 1


def test_release_lets_another_process_open_the_file(lesson: Lesson) -> None:
    try_it = [sys.executable, "-c", "import duckdb, sys; duckdb.connect(sys.argv[1]).close()"]
    _ = lesson.db
    path = str(lesson.database.path)
    assert subprocess.run([*try_it, path], capture_output=True, check=False).returncode != 0
    assert "let go" in migrate_line(lesson, "release").text
    assert subprocess.run([*try_it, path], capture_output=True, check=False).returncode == 0
    assert "no migration yet" in migrate_line(lesson, "status").text


def test_a_file_with_a_mistake_is_refused_with_its_place(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, THREE_STATEMENTS.replace("ALTER TABLE users ADD", "ALTER ADD"))
    shown = migrate_line(lesson, "up")
    assert "nothing was changed" in shown.text and f"{EMAIL}.sql, line 2" in shown.text


def test_an_empty_stub_is_told_once_and_not_as_a_failure(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, "-- migrate:up\n\n-- migrate:down\n")
    shown = migrate_line(lesson, "up")
    assert shown.text.startswith("Not yet:") and shown.text.count(EMAIL) == 1
    assert "updown-note" in shown.html.split("</style>")[1]


def test_three_empty_stubs_are_named_as_a_person_would(lesson: Lesson) -> None:
    for name in ("001_a", "002_b", "003_c"):
        migration_cell(lesson, name, "-- migrate:up\n\n-- migrate:down\n")
    assert "the up of `001_a`, `002_b` and `003_c`, and nothing" in migrate_line(lesson, "up").text


@pytest.mark.parametrize(
    "line", ["", "sideways", "status 2", "review 2", "up 1 2", "reset now", "--help"]
)
def test_a_line_that_is_no_command_lists_the_commands(lesson: Lesson, line: str) -> None:
    shown = migrate_line(lesson, line)
    assert "nothing was done" in shown.text and "rehearse" in shown.text


def test_a_migration_that_does_not_exist_is_a_sentence(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, THREE_STATEMENTS)
    assert "no migration is called 007" in migrate_line(lesson, "up 007").text


def test_an_edited_migration_is_counted_and_the_short_way_is_named(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, THREE_STATEMENTS)
    migrate_line(lesson, "up")
    migration_cell(lesson, EMAIL, THREE_STATEMENTS.replace("(255)", ""))
    status = migrate_line(lesson, "status")
    assert status.text.startswith("1 edited.") and "`%migrate reset`" in status.text
    assert "`%migrate reset`" in migrate_line(lesson, "down").text


def test_the_states_name_the_command_that_a_notebook_has(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, THREE_STATEMENTS)
    html = migrate_line(lesson, "status").html
    assert ">%migrate up</code> applies it" in html and "`" not in html.split("</style>")[1]


def test_a_line_without_a_command_lists_them(lesson: Lesson) -> None:
    assert migrate_line(lesson, "").text.startswith("`%migrate` is not a command")


ONE_THREAD = "CREATE TABLE slow AS SELECT sum(sqrt(i)) AS s FROM range(100000000000) AS t(i);"
ALL_THREADS = """\
CREATE TABLE big AS SELECT i FROM range(3000000) AS t(i);
CREATE TABLE slow AS SELECT count(*) AS n FROM big AS a, big AS b WHERE hash(a.i + b.i) % 7 = 3;
"""


@pytest.mark.parametrize("slow", [ONE_THREAD, ALL_THREADS], ids=["one thread", "all threads"])
def test_an_interrupted_migration_is_told_and_leaves_nothing(lesson: Lesson, slow: str) -> None:
    migration_cell(
        lesson, "001_slow", f"-- migrate:up\n{slow}\n-- migrate:down\nDROP TABLE slow;\n"
    )
    # What Interrupt Kernel does: a SIGINT to the process while DuckDB runs.
    threading.Timer(1.0, os.kill, [os.getpid(), signal.SIGINT]).start()
    assert migrate_line(lesson, "up").text.startswith("You stopped `%migrate up`.")
    assert "0 applied, 1 pending." in migrate_line(lesson, "status").text


def test_a_down_that_was_refused_is_corrected_accepted_and_run(lesson: Lesson) -> None:
    migration_cell(lesson, EMAIL, THREE_STATEMENTS.replace("DROP COLUMN email", "DROP COLUMN mail"))
    migrate_line(lesson, "up")
    refused = migrate_line(lesson, "down").text
    assert f"run that cell, then `%migrate accept {EMAIL}`, then this one." in refused
    migration_cell(lesson, EMAIL, THREE_STATEMENTS)
    assert "its file is not the one that was applied" in migrate_line(lesson, "down").text
    assert "Nothing was run." in migrate_line(lesson, "accept 001").text
    assert migrate_line(lesson, "down").text.startswith("Done.")
    assert "email" not in columns(lesson)
    assert "Not accepted; nothing was changed." in migrate_line(lesson, "accept 001").text
    assert "is not a command" in migrate_line(lesson, "accept").text
