"""`%migrate diff`: drift in one database, and several databases beside each other."""

from __future__ import annotations

import pytest

from course_lib.notebook import Lesson
from course_lib.notebook.migrate_magic import migrate_line
from course_lib.notebook.migration_cell import migration_cell
from course_lib.notebook.sql_magic import sql_cell

from .conftest import THREE_STATEMENTS

BY_HAND = "ALTER TABLE users ADD COLUMN country VARCHAR DEFAULT 'NO'"


@pytest.fixture
def shop(lesson: Lesson) -> Lesson:
    """The lesson with one migration applied, and a copy called staging."""
    migration_cell(lesson, "001_add_email_to_users", THREE_STATEMENTS)
    migrate_line(lesson, "up")
    lesson.copy("staging")
    return lesson


def test_a_change_by_hand_is_named_with_what_the_files_make(shop: Lesson) -> None:
    assert "is what its applied migrations make" in migrate_line(shop, "diff").text
    sql_cell(shop, "--at staging", BY_HAND)
    told = migrate_line(shop, "diff --at staging").text
    assert told.startswith("`staging.duckdb` is not what its applied migrations make: 1 diff")
    assert "in staging.duckdb" in told and "by its migrations" in told
    row = next(line for line in told.splitlines() if "users.country" in line)
    assert "VARCHAR, may be NULL, default 'NO'" in row and row.endswith("not there")
    assert "is what its applied migrations make" in migrate_line(shop, "diff").text


def test_several_databases_are_compared_with_one(shop: Lesson) -> None:
    shop.copy("mira")
    told = migrate_line(shop, "diff staging mira").text
    assert told.startswith("No difference.") and "Rows are not" in told
    assert "`staging.duckdb`: the same" in told and "`mira.duckdb`: the same" in told
    sql_cell(shop, "--at mira", BY_HAND)
    told = migrate_line(shop, "diff staging mira").text
    assert told.startswith("They differ.")
    assert "`shop.duckdb` and `mira.duckdb`: 1 difference." in told
    assert "`staging.duckdb`: the same tables as `shop.duckdb`." in told
    other_way = migrate_line(shop, "diff staging --at mira").text
    assert "`mira.duckdb` and `staging.duckdb`: 1 difference." in other_way


def test_rows_are_no_difference_and_nothing_is_changed(shop: Lesson) -> None:
    sql_cell(shop, "--at staging", "DELETE FROM users")
    assert migrate_line(shop, "diff staging").text.startswith("No difference.")
    assert shop.db.execute("SELECT count(*) FROM users").fetchall() == [(3000,)]


def test_a_database_without_migrations_or_without_files_is_told(lesson: Lesson) -> None:
    assert "No migration is applied to `shop.duckdb`" in migrate_line(lesson, "diff").text
    migration_cell(lesson, "001_add_email_to_users", THREE_STATEMENTS)
    migrate_line(lesson, "up")
    (lesson.migrations / "001_add_email_to_users.sql").unlink()
    assert "was not compared" in migrate_line(lesson, "diff").text
    assert "Nothing was compared." in migrate_line(lesson, "diff jonas").text
