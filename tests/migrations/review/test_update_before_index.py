"""An UPDATE before an index on what it changes is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reviewing import ROWS, USERS, found, guard_of

RULE = "update-before-index"
QUIET = [
    "CREATE INDEX n ON users (name); UPDATE users SET name = 'x' WHERE id = 1;",
    "UPDATE users SET email = 'x' WHERE id = 1; CREATE INDEX n ON users (name);",
    "UPDATE notes SET body = 'x' WHERE id = 1; CREATE INDEX n ON users (name);",
    "INSERT INTO users VALUES (9, 'x', 'y'); CREATE INDEX n ON users (name);",
]


@pytest.mark.parametrize("up", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up) == []


FLAGGED = [
    "UPDATE users SET name = lower(name) WHERE true;\nCREATE INDEX by_name ON users (name);",
    'update "users" set Name = upper(name) where true;\n'
    "create index by_name on main.USERS (lower(name));",
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


def test_a_table_made_here_has_no_rows_that_could_be_in_the_way(tmp_path: Path) -> None:
    up = (
        "CREATE TABLE q (a INTEGER); INSERT INTO q VALUES (1);"
        "UPDATE q SET a = 2 WHERE a = 1; CREATE INDEX qi ON q (a);"
    )
    assert found(tmp_path, RULE, up) == []
    assert guard_of(tmp_path, up) == "transaction"
