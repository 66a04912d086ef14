"""A digest changes when any value changes, and not with the order of the rows."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import TableDigest, digest_tables, quote

from .databases import run_script

START = "CREATE TABLE t (t INT, a VARCHAR, d DOUBLE, i INTERVAL);"
ROWS = START + "INSERT INTO t VALUES (1, 'x', 0.0, INTERVAL 30 DAY), (2, NULL, 1.5, NULL);"

CHANGES = [
    "UPDATE t SET a = 'y' WHERE t = 1",
    "UPDATE t SET a = '' WHERE t = 2",
    "UPDATE t SET a = 'NULL' WHERE t = 2",
    "DELETE FROM t WHERE t = 1",
    "INSERT INTO t VALUES (1, 'x', 0.0, INTERVAL 30 DAY)",
    "DELETE FROM t WHERE t = 1; INSERT INTO t VALUES (1, 'x', '-0.0', INTERVAL 30 DAY)",
    "DELETE FROM t WHERE t = 1; INSERT INTO t VALUES (1, 'x', 0.0, INTERVAL 1 MONTH)",
    "UPDATE t SET t = 3 - t",
]


def digest(sql: str) -> TableDigest:
    with duckdb.connect() as con:
        run_script(con, sql)
        return digest_tables(con)["t"]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_any_value_changes_the_digest(change: str) -> None:
    assert digest(ROWS + change) != digest(ROWS)


def test_the_order_of_the_rows_does_not_matter() -> None:
    turned = START + "INSERT INTO t VALUES (2, NULL, 1.5, NULL), (1, 'x', 0.0, INTERVAL 30 DAY)"
    assert digest(turned) == digest(ROWS)
    assert digest(ROWS).rows == 2


def test_duplicates_do_not_cancel_out() -> None:
    twice = "CREATE TABLE t (a INT); INSERT INTO t SELECT 1 FROM range({})"
    assert len({digest(twice.format(count)).hash_sum for count in range(5)}) == 5


def test_every_user_table_has_one_and_nothing_else() -> None:
    with duckdb.connect() as con:
        run_script(
            con,
            'CREATE SCHEMA s; CREATE TABLE s."a b" (i INT); CREATE TABLE Users (i INT);'
            "CREATE TEMP TABLE x (i INT); CREATE VIEW v AS SELECT 1; CREATE SCHEMA updown;"
            "CREATE TABLE updown.ledger (i INT)",
        )
        assert digest_tables(con) == {"s.a b": TableDigest(0, "0"), "users": TableDigest(0, "0")}


def test_another_database_is_read_by_its_name(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{tmp_path / 'x.duckdb'}' AS \"o'x\"")
        con.execute(f"CREATE TABLE {quote(chr(111) + chr(39) + 'x', 'main', 't')} (i INT)")
        assert set(digest_tables(con, "o'x")) == {"t"} and digest_tables(con) == {}
