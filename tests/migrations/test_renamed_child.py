"""DuckDB breaks what a renamed table refers to; the engine renames it on a shadow instead."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import run_plan

from .databases import plan_of, sections, write_folder

SEED = """CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER, user_id INTEGER REFERENCES users (id));
INSERT INTO users VALUES (1), (2);
INSERT INTO orders VALUES (7, 1);"""


def shop(path: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(path / "shop.duckdb")
    con.execute(SEED)
    return con


def is_whole(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether a user without orders can be deleted, one with orders cannot, and all be dropped."""
    con.execute("DELETE FROM users WHERE id = 2")
    with pytest.raises(duckdb.ConstraintException):
        con.execute("DELETE FROM users WHERE id = 1")
    con.execute("DROP TABLE purchases; DROP TABLE users")
    return True


def test_duckdb_leaves_the_old_name_with_the_table_that_is_referred_to(tmp_path: Path) -> None:
    with shop(tmp_path) as con:
        con.execute("ALTER TABLE orders RENAME TO purchases")
        with pytest.raises(duckdb.CatalogException, match="orders does not exist"):
            con.execute("DELETE FROM users WHERE id = 2")
    with duckdb.connect(tmp_path / "shop.duckdb") as con, pytest.raises(duckdb.CatalogException):
        con.execute("DROP TABLE purchases; DROP TABLE users")


SWAP = """CREATE TABLE made (id INTEGER NOT NULL, user_id INTEGER REFERENCES users (id));
INSERT INTO made SELECT * FROM orders; DROP TABLE orders;"""
RENAMED = {
    "a rename": ("002_x.sql", sections("ALTER TABLE orders RENAME TO purchases"), "shadow"),
    "a swap": ("002_x.sql", sections(f"{SWAP} ALTER TABLE made RENAME TO purchases"), "shadow"),
    "a Python function": (
        "002_x.py",
        "def up(db):\n    db.execute('ALTER TABLE orders RENAME TO purchases')\n",
        "shadow",
    ),
    "an operation": (
        "002_x.py",
        "operations = [rename_table('orders', 'purchases')]",
        "transaction",
    ),
}


@pytest.mark.parametrize("name", RENAMED)
def test_the_engine_leaves_it_whole(tmp_path: Path, name: str) -> None:
    file, text, guard = RENAMED[name]
    folder = write_folder(tmp_path, {file: text})
    with shop(tmp_path) as con:
        outcome = run_plan(con, plan_of(con, folder))
        assert outcome.failure is None, str(outcome.failure)
        assert outcome.done[0].guard == guard
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        assert con.execute("SELECT id, user_id FROM purchases").fetchall() == [(7, 1)]
        assert is_whole(con)


def test_a_table_without_a_foreign_key_is_renamed_in_one_transaction(tmp_path: Path) -> None:
    up = sections("DROP TABLE orders; ALTER TABLE users RENAME TO people")
    folder = write_folder(tmp_path, {"002_x.sql": up})
    with shop(tmp_path) as con:
        assert run_plan(con, plan_of(con, folder)).done[0].guard == "transaction"
