"""A DELETE before a unique index or key on its table is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reviewing import ROWS, USERS, found, guard_of

RULE = "dedupe-before-unique"
QUIET = [
    "DELETE FROM notes WHERE id = 1; CREATE INDEX n ON notes (id);",
    "DELETE FROM users WHERE id = 1; CREATE UNIQUE INDEX n ON notes (body);",
    "CREATE UNIQUE INDEX n ON notes (body); DELETE FROM notes WHERE id = 1;",
    "SELECT 'DELETE FROM notes'; CREATE UNIQUE INDEX n ON notes (body);",
]


@pytest.mark.parametrize("up", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up) == []


FLAGGED = [
    "DELETE FROM notes WHERE body = 'y';\nCREATE UNIQUE INDEX by_id ON notes (id);",
    "delete from Notes where body = 'y';\nALTER TABLE notes ADD UNIQUE (id);",
    "DELETE FROM notes WHERE body = 'y';\nALTER TABLE notes ADD PRIMARY KEY (id);",
]


@pytest.mark.parametrize("up", FLAGGED)
def test_duckdb_refuses_it_in_one_transaction_and_takes_it_in_two(tmp_path: Path, up: str) -> None:
    (finding,) = found(tmp_path, RULE, up)
    assert guard_of(tmp_path, up) == "shadow"
    last = up.rpartition("\n")[2]
    assert last in finding.rewrite and "a migration of its own" in finding.rewrite
    first = up.rpartition("\n")[0]
    assert guard_of(tmp_path, first) == "transaction"
    then = USERS + ROWS + first
    assert guard_of(tmp_path, last, seed=then) == "transaction"
