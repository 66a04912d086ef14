"""A drop that nothing keeps aside is found; the rewrite brings every value back."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from .reviewing import ROWS, USERS, found

RULE = "values-lost"
QUIET = [
    "ALTER TABLE users ADD COLUMN x INTEGER;",
    "CREATE TABLE kept AS SELECT id, email FROM users; ALTER TABLE users DROP COLUMN email;",
    "CREATE TABLE kept AS FROM users; DROP TABLE users;",
    "CREATE TABLE t (i INTEGER); DROP TABLE t;",
    "ALTER TABLE users RENAME TO users_kept;",
]


@pytest.mark.parametrize("up", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up) == []


@pytest.mark.parametrize(
    "up",
    [
        "ALTER TABLE users DROP COLUMN email;",
        "DROP TABLE users;",
        'alter table main."users" drop email;',
        "-- CREATE TABLE kept AS SELECT id, email FROM users;\n"
        "ALTER TABLE users DROP COLUMN email;",
    ],
)
def test_the_rewrite_brings_every_value_back(tmp_path: Path, up: str) -> None:
    (finding,) = found(tmp_path, RULE, up)
    forth, _, back = finding.rewrite.partition("-- migrate:down")
    with duckdb.connect() as con:
        con.execute(USERS + ROWS)
        before = con.execute("SELECT id, name, email FROM users ORDER BY id").fetchall()
        con.execute(forth)
        con.execute("BEGIN")
        con.execute(back)
        con.execute("COMMIT")
        assert con.execute("SELECT id, name, email FROM users ORDER BY id").fetchall() == before
        assert con.execute("SELECT count(*) FROM (SHOW TABLES)").fetchall() == [(2,)]


def test_what_is_declared_irreversible_is_told_by_another_rule(tmp_path: Path) -> None:
    assert found(tmp_path, RULE, "DROP TABLE users;", down="-- migrate:irreversible x") == []


def test_a_table_with_an_index_comes_back_with_it(tmp_path: Path) -> None:
    seed = "CREATE TABLE k (id INTEGER, v INTEGER); CREATE INDEX ki ON k (v);"
    (finding,) = found(tmp_path, RULE, "DROP TABLE k;", seed=seed)
    forth, _, back = finding.rewrite.partition("-- migrate:down")
    with duckdb.connect() as con:
        con.execute(seed + "INSERT INTO k VALUES (1, 2)")
        con.execute(forth)
        con.execute(back)
        assert con.execute("FROM k").fetchall() == [(1, 2)]
        assert con.execute("SELECT count(*) FROM duckdb_indexes()").fetchall() == [(1,)]


def test_without_a_key_no_rewrite_is_made_up(tmp_path: Path) -> None:
    seed = "CREATE TABLE k (code VARCHAR, v INTEGER);"
    (finding,) = found(tmp_path, RULE, "ALTER TABLE k DROP COLUMN v;", seed=seed)
    assert finding.rewrite == ""
