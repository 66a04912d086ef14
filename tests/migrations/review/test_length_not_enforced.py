"""A length that DuckDB forgets is found; the rewrite is held."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from .reviewing import found

RULE = "length-not-enforced"
QUIET = [
    "CREATE TABLE t (v VARCHAR, d DECIMAL(4, 2));",
    "CREATE TABLE t AS SELECT name::VARCHAR(3) AS n FROM users;",
    "CREATE TABLE t (v VARCHAR DEFAULT 'x VARCHAR(3)');",
    "ALTER TABLE users ADD COLUMN v VARCHAR;",
]


@pytest.mark.parametrize("up", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up) == []


def test_a_new_table_gets_a_check_that_holds(tmp_path: Path) -> None:
    up = 'CREATE TABLE codes (code VARCHAR(3), "the name" CHAR(5));'
    (finding,) = found(tmp_path, RULE, up)
    with duckdb.connect() as con:
        con.execute(up)
        con.execute("INSERT INTO codes VALUES ('far too long', 'x')")
        con.execute("DROP TABLE codes")
        con.execute(finding.rewrite)
        con.execute("INSERT INTO codes VALUES ('abc', 'abcde')")
        for values in ("('abcd', 'x')", "('abc', 'abcdef')"):
            with pytest.raises(duckdb.ConstraintException):
                con.execute(f"INSERT INTO codes VALUES {values}")


@pytest.mark.parametrize(
    ("up", "rewrite"),
    [
        (
            "ALTER TABLE users ADD COLUMN phone VARCHAR(255);",
            "ALTER TABLE users ADD COLUMN phone VARCHAR;",
        ),
        (
            "alter table users alter name type varchar (9);",
            "alter table users alter name type varchar;",
        ),
    ],
)
def test_an_added_column_loses_the_length_that_nobody_holds(
    tmp_path: Path, up: str, rewrite: str
) -> None:
    (finding,) = found(tmp_path, RULE, up)
    assert finding.rewrite == rewrite


def test_a_length_in_a_string_stays_as_it_is(tmp_path: Path) -> None:
    up = "CREATE TABLE z (a VARCHAR(3), b VARCHAR DEFAULT 'x VARCHAR(3)');"
    (finding,) = found(tmp_path, RULE, up)
    assert finding.rewrite == (
        "CREATE TABLE z (a VARCHAR CHECK (length(a) <= 3), b VARCHAR DEFAULT 'x VARCHAR(3)');"
    )
