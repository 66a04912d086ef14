"""The ledger says what is applied, the events say what happened, and reading never writes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import (
    Direction,
    digest_tables,
    make_plan,
    read_applied,
    read_events,
    read_folder,
    read_risks,
    read_schema,
    read_status,
    rehearse_plan,
    run_plan,
)
from course_lib.migrations.ledger_tables import find_tables, is_there
from course_lib.migrations.record import Before, LedgerMovedError, landed, record, record_failure

from .databases import (
    SOURCE_DOWN,
    SOURCE_FILE,
    SOURCE_STATEMENTS,
    USERS,
    migration,
    plan_of,
    run_script,
    sections,
    write_folder,
)

ONE = migration(sections("SELECT 1"))


def write(con: duckdb.DuckDBPyConnection, direction: Direction, guard: str) -> None:
    tables = find_tables(con)
    record(con, tables, ONE, direction, guard, before=Before(is_there(con, tables)))


def is_landed(con: duckdb.DuckDBPyConnection, direction: Direction) -> bool:
    return landed(con, find_tables(con), ONE, direction)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def test_without_a_ledger_nothing_is_applied_and_none_is_made(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert (read_applied(con), read_events(con)) == ((), ())
    assert con.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]


def test_an_up_adds_a_row_and_a_down_takes_it_away_and_events_keep_both(
    con: duckdb.DuckDBPyConnection,
) -> None:
    before = datetime.now(UTC).replace(tzinfo=None)
    write(con, "up", "shadow")
    (row,) = read_applied(con)
    assert (row.number, row.name, row.checksum, row.guard) == (
        1,
        "001_change",
        ONE.checksum,
        "shadow",
    )
    assert before <= row.applied_at <= datetime.now(UTC).replace(tzinfo=None)
    assert is_landed(con, "up") and not is_landed(con, "down")

    record_failure(con, ONE.name, "down", "transaction", "it's refused")
    write(con, "down", "transaction")
    assert read_applied(con) == ()
    assert is_landed(con, "down") and not is_landed(con, "up")
    assert [(e.name, e.direction, e.outcome, e.guard, e.detail) for e in read_events(con)] == [
        ("001_change", "up", "done", "shadow", None),
        ("001_change", "down", "failed", "transaction", "it's refused"),
        ("001_change", "down", "done", "transaction", None),
    ]


def test_a_ledger_that_moved_is_not_written(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(LedgerMovedError, match="took it back"):
        write(con, "down", "transaction")
    write(con, "up", "transaction")
    with pytest.raises(LedgerMovedError, match="applied it"):
        write(con, "up", "transaction")
    assert len(read_events(con)) == 1


def test_reads_leave_a_closed_file_byte_for_byte_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "shop.duckdb"
    migrations = write_folder(
        tmp_path,
        {
            SOURCE_FILE: sections(SOURCE_STATEMENTS, SOURCE_DOWN),
            "002_drop.sql": sections("ALTER TABLE users DROP COLUMN name"),
        },
    )
    with duckdb.connect(path) as con:
        run_script(con, USERS)
        plan = plan_of(con, migrations)
        first = type(plan)("up", plan.items[:1])
        assert run_plan(con, first).failure is None
    before = hashlib.sha256(path.read_bytes()).hexdigest()

    with duckdb.connect(path) as con:
        folder = read_folder(migrations)
        assert [status.state for status in read_status(con, folder)] == ["applied", "pending"]
        todo = plan_of(con, migrations)
        assert read_risks(con, todo) == ("002_drop up: drops users.name, 100 values",)
        assert make_plan(folder, read_applied(con), "down") and read_events(con)
        assert read_schema(con) and digest_tables(con)
        assert rehearse_plan(con, todo).failure is None

    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["migrations", "shop.duckdb"]
