"""An index and its column that go in one transaction are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reviewing import found, guard_of

RULE = "drop-index-with-column"
SEED = """CREATE TABLE users (id INTEGER, name VARCHAR, email VARCHAR, extra VARCHAR);
INSERT INTO users VALUES (1, 'Ada', '7', 'x');
CREATE INDEX by_email ON users (email);
CREATE TABLE notes (id INTEGER, body VARCHAR);
"""
QUIET = [
    "DROP INDEX by_email; ALTER TABLE users DROP COLUMN extra;",
    "DROP INDEX by_email;",
    "ALTER TABLE notes DROP COLUMN body;",
]


@pytest.mark.parametrize("up", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up, seed=SEED) == []


FLAGGED = [
    "DROP INDEX by_email;\nALTER TABLE users DROP COLUMN email;",
    "DROP INDEX by_email;\nALTER TABLE users DROP COLUMN name;",
    "DROP INDEX by_email;\nALTER TABLE users ALTER email TYPE INTEGER;",
]


@pytest.mark.parametrize("up", FLAGGED)
def test_duckdb_refuses_it_in_one_transaction_and_takes_it_in_two(tmp_path: Path, up: str) -> None:
    (finding,) = found(tmp_path, RULE, up, seed=SEED)
    assert guard_of(tmp_path, up, seed=SEED) == "shadow"
    last = up.rpartition("\n")[2]
    assert last in finding.rewrite and "a migration of its own" in finding.rewrite
    first = up.rpartition("\n")[0]
    assert guard_of(tmp_path, first, seed=SEED) == "transaction"
    then = SEED + first
    assert guard_of(tmp_path, last, seed=then) == "transaction"
