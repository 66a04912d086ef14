"""The shadow's log names every table whose rows a migration changed."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import digest_tables
from course_lib.migrations.catalog import read_tables
from course_lib.migrations.written import watch, written_tables

from .databases import USERS, run_script
from .objects import CHANGES

# What is written, and the tables that the log must name.
WRITES = {
    "SELECT count(*) FROM users": set[str](),
    "INSERT INTO users VALUES (999, 'x')": {"users"},
    "INSERT INTO users SELECT i, 'x' FROM range(1000, 400000) AS r(i)": {"users"},
    "UPDATE users SET name = name || '!'": {"users"},
    "DELETE FROM orders WHERE id = 1": {"orders"},
    "TRUNCATE orders": {"orders"},
    "ALTER TABLE orders RENAME TO o; UPDATE o SET amount = 0; ALTER TABLE o RENAME TO orders": {
        "orders"
    },
    "INSERT OR REPLACE INTO users VALUES (1, 'x')": {"users"},
    "MERGE INTO users USING orders ON users.id = orders.id"
    " WHEN MATCHED THEN UPDATE SET name = 'x'": {"users"},
    "WITH gone AS (DELETE FROM users RETURNING id) SELECT count(*) FROM gone": {"users"},
    'CREATE TABLE "Größe 1" (i INT); INSERT INTO "Größe 1" VALUES (1)': {"größe 1"},
    "CREATE TRIGGER copied AFTER INSERT ON orders FOR EACH STATEMENT"
    " UPDATE users SET name = 'x'; INSERT INTO orders VALUES (99, 1)": {"users", "orders"},
}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(path) as con:
        run_script(con, USERS)
    return path


@pytest.mark.parametrize("sql", WRITES)
def test_the_log_names_what_is_written_and_nothing_else(database: Path, sql: str) -> None:
    with duckdb.connect(database) as con:
        mark = watch(con)
        run_script(con, sql)
        assert written_tables(database, mark, read_tables(con)) == WRITES[sql]


@pytest.mark.parametrize("name", CHANGES)
def test_every_kind_of_change_of_rows_is_in_the_log(tmp_path: Path, name: str) -> None:
    start, change = CHANGES[name]
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(path) as con:
        run_script(con, start)
    with duckdb.connect(path) as con:
        before, mark = digest_tables(con), watch(con)
        run_script(con, change)
        after = digest_tables(con)
        changed = {table for table in after if after[table] != before.get(table)}
        assert changed <= written_tables(path, mark, read_tables(con))


@pytest.mark.parametrize("sql", ["CHECKPOINT", "SET GLOBAL wal_autocheckpoint = '1B'"])
def test_after_a_checkpoint_the_log_proves_nothing_and_every_table_counts(
    database: Path, sql: str
) -> None:
    with duckdb.connect(database) as con:
        mark = watch(con)
        run_script(con, f"{sql}; UPDATE orders SET amount = 0 WHERE id = 1")
        assert written_tables(database, mark, read_tables(con)) == {"users", "orders"}


def test_the_mark_leaves_nothing_behind(database: Path) -> None:
    with duckdb.connect(database) as con:
        schemas = "SELECT schema_name FROM duckdb_schemas() ORDER BY ALL"
        before = con.execute(schemas).fetchall()
        assert watch(con) != watch(con)
        assert con.execute(schemas).fetchall() == before
