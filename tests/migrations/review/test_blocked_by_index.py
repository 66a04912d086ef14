"""A change that an index or a reference blocks is found; the rewrite runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reviewing import found, guard_of

RULE = "blocked-by-index"
SEED = """CREATE TABLE users (id INTEGER, name VARCHAR, email VARCHAR);
INSERT INTO users VALUES (1, 'Ada', '7');
CREATE INDEX by_email ON users (email);
CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR);
INSERT INTO people VALUES (1, 'Ada');
CREATE TABLE orders (id INTEGER, person INTEGER REFERENCES people (id), amount INTEGER);
INSERT INTO orders VALUES (1, 1, 10);
CREATE TABLE notes (id INTEGER, body VARCHAR);
"""
QUIET = [
    "ALTER TABLE users ADD COLUMN phone VARCHAR;",
    "ALTER TABLE users ALTER COLUMN email SET DEFAULT 'x';",
    "DROP INDEX by_email; ALTER TABLE users ALTER COLUMN name SET NOT NULL;",
    "ALTER TABLE notes RENAME COLUMN body TO text;",
    "ALTER TABLE orders RENAME COLUMN amount TO total;",
]


@pytest.mark.parametrize("up", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up, seed=SEED) == []


FLAGGED = [
    "ALTER TABLE users ALTER COLUMN name SET NOT NULL;",
    "alter table main.USERS rename column name to full_name;",
    "ALTER TABLE users RENAME TO people_x;",
    "ALTER TABLE users ALTER name TYPE VARCHAR;",
    "ALTER TABLE people RENAME COLUMN name TO full_name;",
    "ALTER TABLE people ALTER name SET NOT NULL;",
    "ALTER TABLE people DROP COLUMN name;",
]


@pytest.mark.parametrize("up", FLAGGED)
def test_duckdb_refuses_it_and_takes_the_rewrite(tmp_path: Path, up: str) -> None:
    (finding,) = found(tmp_path, RULE, up, seed=SEED)
    assert "depend on it" in guard_of(tmp_path, up, seed=SEED)
    rewrite = finding.rewrite
    if "RENAME TO" in up:
        rewrite = rewrite.replace(" ON users ", " ON people_x ")
    first, _, second = rewrite.partition("-- in a migration of its own, after this one:")
    assert guard_of(tmp_path, first, seed=SEED) == "transaction"
    if second:
        assert guard_of(tmp_path, second, seed=SEED + first) == "transaction"


def test_an_index_that_the_same_migration_makes_is_in_the_way_too(tmp_path: Path) -> None:
    up = "CREATE INDEX by_id ON notes (id);\nALTER TABLE notes RENAME COLUMN body TO text;"
    (finding,) = found(tmp_path, RULE, up, seed=SEED)
    assert "depend on it" in guard_of(tmp_path, up, seed=SEED)
    first = up.partition("\n")[0]
    assert guard_of(tmp_path, first + finding.rewrite, seed=SEED) == "transaction"
