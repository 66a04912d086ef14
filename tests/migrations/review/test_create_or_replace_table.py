"""CREATE OR REPLACE of a table with rows is found; the rewrite keeps them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from .reviewing import ROWS, USERS, found, guard_of

RULE = "create-or-replace-table"
QUIET = [
    "CREATE OR REPLACE VIEW v AS SELECT 1;",
    "CREATE OR REPLACE TABLE nobody (i INTEGER);",
    "CREATE TABLE t (i INTEGER);",
    "SELECT 'CREATE OR REPLACE TABLE users (i INTEGER)';",
]


@pytest.mark.parametrize("up", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up) == []


FLAGGED = [
    "CREATE OR REPLACE TABLE users"
    " (id INTEGER PRIMARY KEY, name VARCHAR, email VARCHAR, age INTEGER);",
    "create or replace table Users as select * from users;",
]


@pytest.mark.parametrize("up", FLAGGED)
def test_the_rewrite_keeps_the_rows(tmp_path: Path, up: str) -> None:
    (finding,) = found(tmp_path, RULE, up)
    with duckdb.connect() as con:
        con.execute(USERS + ROWS)
        con.execute(finding.rewrite)
        assert con.execute("SELECT count(*) FROM users").fetchall() == [(3,)]
    assert guard_of(tmp_path, finding.rewrite) == "transaction"


def test_duckdb_drops_the_rows_and_says_nothing() -> None:
    with duckdb.connect() as con:
        con.execute(USERS + ROWS)
        con.execute(FLAGGED[0])
        assert con.execute("SELECT count(*) FROM users").fetchall() == [(0,)]
