"""What DuckDB's refusal leaves out is looked up where the migration stopped."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from course_lib.migrations.explain import explain

from .databases import USERS, run_script


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        run_script(con, USERS + "CREATE TABLE notes (id INT, body VARCHAR);")
        yield con


def refusal(con: duckdb.DuckDBPyConnection, sql: str) -> str:
    with pytest.raises(duckdb.Error) as caught:
        con.execute(sql).fetchall()
    return str(caught.value).split("\n\n", 1)[0]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("(1, NULL)", "and 1 of 1 rows has no body"),
        ("(1, NULL), (2, 'x'), (3, NULL)", "and 2 of 3 rows have no body"),
    ],
)
def test_a_missing_value_is_counted(con: duckdb.DuckDBPyConnection, rows: str, words: str) -> None:
    con.execute(f"INSERT INTO notes VALUES {rows}")
    error = refusal(con, "ALTER TABLE notes ALTER body SET NOT NULL")
    assert explain(con, error) == f"{error}, {words}"


def test_where_no_value_is_missing_in_the_table_nothing_is_added(
    con: duckdb.DuckDBPyConnection,
) -> None:
    error = refusal(con, "INSERT INTO users VALUES (999, NULL)")
    assert explain(con, error) == error
    gone = "Constraint Error: NOT NULL constraint failed: nowhere.body"
    assert explain(con, gone) == gone


def test_text_between_double_quotes_is_explained(con: duckdb.DuckDBPyConnection) -> None:
    error = refusal(con, 'UPDATE users SET name = "temp@example.com"')
    assert "text stands between single quotes: 'temp@example.com'" in explain(con, error)
    column = refusal(con, "UPDATE users SET name = nme")
    assert "single quotes" not in explain(con, column)


def test_a_guess_that_names_a_table_of_the_system_is_left_out() -> None:
    with duckdb.connect() as empty:
        error = 'Catalog Error: Table with name user does not exist! Did you mean "pg_user"?'
        assert explain(empty, error) == "Catalog Error: Table with name user does not exist!"
        own = 'Catalog Error: Table with name user does not exist! Did you mean "users"?'
        assert explain(empty, own) == own
