"""IF NOT EXISTS that hides what is there is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reviewing import ROWS, USERS, found, guard_of

RULE = "if-not-exists"
QUIET = [
    "CREATE TABLE t (i INTEGER);",
    "SELECT 'CREATE TABLE IF NOT EXISTS t';",
    "DROP TABLE IF EXISTS t;",
    "CREATE SCHEMA s;",
    "CREATE TABLE t (v VARCHAR DEFAULT 'IF NOT EXISTS ');",
]


@pytest.mark.parametrize("up", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up) == []


FLAGGED = {
    "CREATE SCHEMA IF NOT EXISTS taken;": "CREATE SCHEMA taken;",
    "CREATE TABLE IF NOT EXISTS users (id INTEGER);": "CREATE TABLE users (id INTEGER);",
    "create index if not exists n on users (name);": "create index n on users (name);",
    "ALTER TABLE users ADD COLUMN IF NOT EXISTS name INTEGER;": (
        "ALTER TABLE users ADD COLUMN name INTEGER;"
    ),
}


@pytest.mark.parametrize("up", FLAGGED)
def test_the_rewrite_says_what_is_there_already(tmp_path: Path, up: str) -> None:
    (finding,) = found(tmp_path, RULE, up)
    assert finding.rewrite == FLAGGED[up]
    seed = USERS + ROWS + "CREATE INDEX n ON users (email); CREATE SCHEMA taken;"
    assert guard_of(tmp_path, up, seed=seed) == "transaction", "the harm: it does nothing"
    assert "already exists" in guard_of(tmp_path, finding.rewrite, seed=seed)
