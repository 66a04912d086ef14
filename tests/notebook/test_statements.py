from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import duckdb
import pytest

from course_lib.notebook.sql_magic import show_run
from course_lib.notebook.statements import CellRun, run_cell
from course_lib.notebook.world import make_interruptible


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        connection.execute("CREATE TABLE t AS SELECT i FROM range(3) AS numbers(i)")
        yield connection


def states(run: CellRun) -> list[str]:
    return [ran.state for ran in run.statements]


def test_the_last_result_is_shown_and_counted(connection: duckdb.DuckDBPyConnection) -> None:
    run = run_cell(connection, "SELECT 1; SELECT i AS n FROM range(12345) AS numbers(i);")
    assert run.result is not None
    assert run.result.columns == (("n", "BIGINT"),)
    assert (len(run.result.rows), run.result.count) == (20, 12345)


@pytest.mark.parametrize("rows", [0, 1, 19, 20, 21, 10_019, 10_020, 10_021])
def test_rows_are_counted_at_every_border(connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    run = run_cell(connection, f"SELECT * FROM range({rows})")
    assert run.result is not None and run.result.count == rows


def test_an_endless_result_is_cut_and_the_connection_stays_usable(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    run = run_cell(connection, "SELECT * FROM range(1000000000)")
    assert run.result is not None and run.result.count is None
    assert connection.sql("SELECT 7").fetchall() == [(7,)]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE u (i INTEGER)",
        "CREATE VIEW v AS SELECT 1",
        "ALTER TABLE t ADD COLUMN j INTEGER",
    ],
)
def test_what_makes_an_object_has_no_result(
    connection: duckdb.DuckDBPyConnection, sql: str
) -> None:
    run = run_cell(connection, sql)
    assert run.result is None
    assert show_run(run).text == "Done."


def test_changed_rows_are_told_and_are_no_table(connection: duckdb.DuckDBPyConnection) -> None:
    run = run_cell(connection, "UPDATE t SET i = i + 1; DELETE FROM t WHERE i = 3;")
    assert [ran.changed for ran in run.statements] == [3, 1]
    assert run.result is None


def test_nothing_runs_where_the_text_has_a_syntax_error(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    run = run_cell(connection, "DELETE FROM t;\nSELEC 1;")
    assert run.statements == () and run.line == 2 and run.error is not None
    assert connection.execute("SELECT count(*) FROM t").fetchall() == [(3,)]


def test_a_refusal_in_a_transaction_rolls_it_back(connection: duckdb.DuckDBPyConnection) -> None:
    run = run_cell(connection, "BEGIN; DELETE FROM t; SELECT nothing; COMMIT;")
    assert states(run) == ["done", "done", "refused", "not run"]
    assert run.rolled_back
    assert connection.execute("SELECT count(*) FROM t").fetchall() == [(3,)]


def test_a_refusal_outside_a_transaction_keeps_what_was_done(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    run = run_cell(connection, "DELETE FROM t WHERE i = 0; SELECT nothing;")
    assert states(run) == ["done", "refused"]
    assert not run.rolled_back
    assert connection.execute("SELECT count(*) FROM t").fetchall() == [(2,)]


def test_an_error_that_comes_only_while_reading_is_caught(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    late = "SELECT CASE WHEN i = 150000 THEN error('late') ELSE i END FROM range(300000) AS n(i)"
    run = run_cell(connection, late)
    assert states(run) == ["refused"] and run.error is not None and "late" in run.error


def test_an_open_transaction_is_told(connection: duckdb.DuckDBPyConnection) -> None:
    assert run_cell(connection, "BEGIN; DELETE FROM t;").open_transaction
    assert not run_cell(connection, "ROLLBACK;").open_transaction
    assert connection.execute("SELECT count(*) FROM t").fetchall() == [(3,)]


def test_a_statement_that_is_interrupted_is_stopped_without_a_traceback(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    make_interruptible(connection)
    # What Interrupt Kernel does: a SIGINT to the process while DuckDB runs.
    threading.Timer(0.5, os.kill, [os.getpid(), signal.SIGINT]).start()
    run = run_cell(connection, "BEGIN; SELECT sum(sqrt(i)) FROM range(100000000000) AS t(i);")
    assert run.stopped and run.rolled_back and run.error == ""
    assert [ran.state for ran in run.statements] == ["done", "refused"]
    assert "Traceback" not in show_run(run).text
    assert show_run(run).text.startswith("You stopped statement 2 of 2.")
    assert run_cell(connection, "SELECT 1").error is None
