"""`%%sql --django` and its like: SQL on the tool's database, all of a cell or nothing."""

from __future__ import annotations

import pytest

from course_lib.notebook.sql_magic import sql_cell

from .trying import Shop


def test_each_tool_keeps_its_own_table(shop: Shop) -> None:
    said = sql_cell(shop.lesson, "--django", "SELECT app, name FROM django_migrations;").text
    assert said.splitlines()[0] == "1 row:" and "0001_users" in said
    assert "0001" in sql_cell(shop.lesson, "--alembic", "SELECT * FROM alembic_version").text


def test_the_gradebook_is_nbgraders_own_and_alembic_looks_after_it(shop: Shop) -> None:
    tables = sql_cell(shop.lesson, "--gradebook", "SELECT name FROM sqlite_master").text
    assert "submitted_assignment" in tables
    version = sql_cell(shop.lesson, "--gradebook", "SELECT * FROM alembic_version").text
    assert version.splitlines()[:2] == ["1 row:", "version_num"]


def test_many_rows_are_counted_and_twenty_are_shown(shop: Shop) -> None:
    said = sql_cell(shop.lesson, "--alembic", "SELECT id FROM users").text
    assert said.startswith("3,000 rows; the first 20:")


def test_a_cell_is_kept_whole_or_not_at_all(shop: Shop) -> None:
    said = sql_cell(
        shop.lesson, "--alembic", "ALTER TABLE users DROP COLUMN joined;\nDROP TABLE nobody;"
    ).text
    assert "SQLite says: no such table: nobody. Nothing of the cell was kept." in said
    assert "joined" in shop.columns("alembic")
    two = "ALTER TABLE users ADD COLUMN a TEXT DEFAULT ';';\nALTER TABLE users DROP COLUMN joined;"
    assert sql_cell(shop.lesson, "--alembic", two).text == "Done."
    assert shop.columns("alembic") == ["id", "name", "a"]


@pytest.mark.parametrize("option", ["--updown", "--flyway", "django"])
def test_what_has_no_sqlite_database_is_told(shop: Shop, option: str) -> None:
    said = sql_cell(shop.lesson, option, "SELECT 1").text
    assert f"`%%sql` has no option `{option}`" in said and "`%%sql --django`" in said
