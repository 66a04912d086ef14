"""What no rollback takes back is found."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from .reviewing import found

RULE = "leaking-setting"
QUIET = [
    "UPDATE users SET name = 'SET threads = 1' WHERE true;",
    "CREATE TABLE s.t (i INTEGER);",
    "ALTER TABLE users ALTER name SET DEFAULT 'x';",
    "SELECT 'USE shop';",
]


@pytest.mark.parametrize("up", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up) == []


FLAGGED = {
    "USE main;": "write the schema before each name",
    "SET schema = 'main';": "write the schema before each name",
    "SET threads = 2;": "stays when the migration is rolled back",
    "PRAGMA threads = 2;": "stays when the migration is rolled back",
    "COPY users TO 'users.csv';": "a file that is written stays",
    "ATTACH ':memory:' AS other;": "on this machine alone",
    "INSTALL json;": "has to be installed on every machine",
}


@pytest.mark.parametrize("up", FLAGGED)
def test_it_is_told_what_stays(tmp_path: Path, up: str) -> None:
    (finding,) = found(tmp_path, RULE, up)
    assert FLAGGED[up] in finding.sentence


def test_a_setting_outlives_a_rollback(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        con.execute("BEGIN")
        con.execute("SET threads = 1")
        con.execute("ROLLBACK")
        assert con.execute("SELECT current_setting('threads')").fetchall() == [(1,)]
