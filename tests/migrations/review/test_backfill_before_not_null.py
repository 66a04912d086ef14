"""A backfill before SET NOT NULL is found, and the rewrite needs no shadow."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reviewing import found, guard_of

RULE = "backfill-before-not-null"
QUIET = [
    "ALTER TABLE users ADD COLUMN phone VARCHAR DEFAULT 'x'; "
    "ALTER TABLE users ALTER phone SET NOT NULL;",
    "UPDATE users SET name = 'email' WHERE id = 1; "
    "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
    "UPDATE notes SET body = 'x' WHERE true; ALTER TABLE users ALTER COLUMN name SET NOT NULL;",
    "UPDATE users SET email = 'x' WHERE true; "
    "ALTER TABLE users ALTER email TYPE VARCHAR; ALTER TABLE users ALTER email SET NOT NULL;",
    "-- UPDATE users SET email = 1;\nALTER TABLE users ALTER COLUMN email SET NOT NULL;",
]


@pytest.mark.parametrize("up", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up) == []


FLAGGED = {
    "added here": "ALTER TABLE users ADD COLUMN phone VARCHAR;\n"
    "UPDATE users SET phone = 'none' WHERE phone IS NULL;\n"
    "ALTER TABLE users ALTER COLUMN phone SET NOT NULL;",
    "there before": "UPDATE users SET email = name || '@x' WHERE email IS NULL;\n"
    "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
    "two columns at once": "ALTER TABLE users ADD COLUMN phone VARCHAR;\n"
    "UPDATE users SET phone = 'none', name = 'x' WHERE phone IS NULL;\n"
    "ALTER TABLE users ALTER COLUMN phone SET NOT NULL;",
    "other case, quotes, schema": 'update main."users" set "EMAIL" = \'x\' where true;\n'
    "alter table USERS alter Email set not null;",
}


@pytest.mark.parametrize("name", FLAGGED)
def test_duckdb_refuses_it_in_one_transaction_and_takes_the_rewrite(
    tmp_path: Path, name: str
) -> None:
    (finding,) = found(tmp_path, RULE, FLAGGED[name])
    assert finding.line == FLAGGED[name].count("\n") + 2
    assert guard_of(tmp_path, FLAGGED[name]) == "shadow"
    assert guard_of(tmp_path, finding.rewrite) == "transaction"


def test_a_migration_that_asks_for_the_shadow_knows(tmp_path: Path) -> None:
    up = FLAGGED["there before"]
    assert found(tmp_path, RULE, up, options="transaction:false") == []


def test_a_second_column_of_the_update_is_not_lost(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, RULE, FLAGGED["two columns at once"])
    assert "SET phone = 'none', name = 'x'" in finding.rewrite


def test_a_table_made_here_has_no_rows_that_could_be_in_the_way(tmp_path: Path) -> None:
    up = (
        "CREATE TABLE q (b VARCHAR); INSERT INTO q VALUES (NULL);"
        "UPDATE q SET b = 'x' WHERE b IS NULL; ALTER TABLE q ALTER COLUMN b SET NOT NULL;"
    )
    assert found(tmp_path, RULE, up) == []
    assert guard_of(tmp_path, up) == "transaction"
