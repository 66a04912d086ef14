"""What the database says: the ledger of applied migrations, and the log of all that happened.

`updown.ledger` has one row for each migration that is applied now. `updown.events` is only ever
appended to: ups, downs, baselines and failures. `updown.format` holds the version of this layout.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from .digest import quote
from .migration import Direction, Migration
from .schema import OWN_SCHEMA

FORMAT = 1
BASELINE = "baseline"


@dataclass(frozen=True)
class Applied:
    """One row of the ledger. `applied_at` is UTC without a zone.

    `guard` is how it was run, or `baseline` where it was not run but found in place.
    """

    number: int
    name: str
    checksum: str
    guard: str
    applied_at: datetime


@dataclass(frozen=True)
class Event:
    """One line of the log: an up, a down, a baseline; of a failure, DuckDB's words in `detail`."""

    happened_at: datetime
    name: str
    direction: str
    outcome: str
    guard: str
    detail: str | None


def read_applied(con: duckdb.DuckDBPyConnection) -> tuple[Applied, ...]:
    """The applied migrations by number; none where there is no ledger. Writes nothing."""
    if not _exists(con):
        return ()
    rows = con.execute(
        f"SELECT number, name, checksum, guard, applied_at FROM {_table(con, 'ledger')} ORDER BY 1"
    ).fetchall()
    return tuple(Applied(*row) for row in rows)


def read_events(con: duckdb.DuckDBPyConnection) -> tuple[Event, ...]:
    """All events, oldest first. Writes nothing."""
    if not _exists(con):
        return ()
    rows = con.execute(
        "SELECT happened_at, name, direction, outcome, guard, detail"
        f" FROM {_table(con, 'events')} ORDER BY event"
    ).fetchall()
    return tuple(Event(*row) for row in rows)


class LedgerMovedError(Exception):
    """Another run applied the migration, or took it back, since the plan was made."""


def check_still_planned(
    con: duckdb.DuckDBPyConnection, migration: Migration, direction: Direction
) -> None:
    """Raise `LedgerMovedError` unless the ledger lets the migration run in this direction."""
    _check(_checksum_of(con, migration.number), direction)


def _check(applied: str | None, direction: Direction) -> None:
    if applied is not None and direction == "up":
        raise LedgerMovedError("another run applied it meanwhile")
    if applied is None and direction == "down":
        raise LedgerMovedError("another run took it back meanwhile")


def record(
    con: duckdb.DuckDBPyConnection, migration: Migration, direction: Direction, guard: str
) -> None:
    """Write the ledger row and the event, in the caller's transaction.

    Raises `LedgerMovedError` where the ledger is not the one that was planned for.
    """
    exists = _exists(con)
    _check(_checksum_of(con, migration.number) if exists else None, direction)
    if not exists:
        _create(con)
    now = _now()
    if direction == "up":
        con.execute(
            f"INSERT INTO {_table(con, 'ledger')} VALUES (?, ?, ?, ?, ?)",
            [migration.number, migration.name, migration.checksum, guard, now],
        ).fetchall()
    else:
        con.execute(
            f"DELETE FROM {_table(con, 'ledger')} WHERE number = ?", [migration.number]
        ).fetchall()
    _append(con, migration.name, direction, "done", guard, None, now)


def record_baseline(con: duckdb.DuckDBPyConnection, migrations: Iterable[Migration]) -> None:
    """Write that the migrations are applied, though they were not run, in a transaction of its own.

    Raises `LedgerMovedError` where the ledger has rows by now.
    """
    con.execute("BEGIN")
    try:
        if read_applied(con):
            raise LedgerMovedError("another run applied a migration meanwhile")
        _create(con)
        now = _now()
        for migration in migrations:
            con.execute(
                f"INSERT INTO {_table(con, 'ledger')} VALUES (?, ?, ?, ?, ?)",
                [migration.number, migration.name, migration.checksum, BASELINE, now],
            ).fetchall()
            _append(con, migration.name, BASELINE, "done", BASELINE, None, now)
        con.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(duckdb.Error):
            con.execute("ROLLBACK")
        raise


def record_failure(
    con: duckdb.DuckDBPyConnection, name: str, direction: Direction, guard: str, detail: str
) -> None:
    """Write that a migration failed, after it was rolled back, in a transaction of its own."""
    con.execute("BEGIN")
    try:
        _create(con)
        _append(con, name, direction, "failed", guard, detail, _now())
        con.execute("COMMIT")
    except duckdb.Error:
        con.execute("ROLLBACK")
        raise


def landed(con: duckdb.DuckDBPyConnection, migration: Migration, direction: Direction) -> bool:
    """Whether the ledger says what a finished run must have left: DuckDB's COMMIT is not proof."""
    present = _checksum_of(con, migration.number) == migration.checksum
    return present == (direction == "up")


def _checksum_of(con: duckdb.DuckDBPyConnection, number: int) -> str | None:
    """The checksum of an applied migration, None where it is not applied.

    In a transaction there must be a ledger: asking for a table that is not there would end it.
    """
    query = f"SELECT checksum FROM {_table(con, 'ledger')} WHERE number = ?"
    try:
        rows: list[tuple[str]] = con.execute(query, [number]).fetchall()
    except duckdb.CatalogException:
        return None
    return rows[0][0] if rows else None


def _exists(con: duckdb.DuckDBPyConnection) -> bool:
    schema = con.execute(
        "SELECT count(*) FROM duckdb_schemas() WHERE database_name = current_database()"
        f" AND schema_name = '{OWN_SCHEMA}'"
    ).fetchall()
    if not schema[0][0]:
        return False
    # Looking through the list of all tables takes long where there are many, and asking for one
    # that is not there would end the caller's transaction: so another cursor asks.
    probe = con.cursor()
    try:
        probe.execute(f"SELECT 1 FROM {_table(con, 'ledger')} LIMIT 0").fetchall()
    except duckdb.CatalogException:
        # Somebody else's schema, or one that this very transaction has made.
        return _is_listed(con)
    finally:
        probe.close()
    return True


def _is_listed(con: duckdb.DuckDBPyConnection) -> bool:
    found = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database()"
        f" AND schema_name = '{OWN_SCHEMA}' AND table_name = 'ledger'"
    ).fetchall()
    return bool(found[0][0])


def _create(con: duckdb.DuckDBPyConnection) -> None:
    if _exists(con):
        return
    database = con.execute("SELECT current_database()").fetchall()[0][0]
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {quote(database, OWN_SCHEMA)}")
    con.execute(f"CREATE TABLE {_table(con, 'format')} (version INTEGER NOT NULL)")
    con.execute(f"INSERT INTO {_table(con, 'format')} VALUES ({FORMAT})").fetchall()
    con.execute(
        f"CREATE TABLE {_table(con, 'ledger')} (number BIGINT PRIMARY KEY, name VARCHAR NOT NULL,"
        " checksum VARCHAR NOT NULL, guard VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)"
    )
    con.execute(
        f"CREATE TABLE {_table(con, 'events')} (event BIGINT PRIMARY KEY,"
        " happened_at TIMESTAMP NOT NULL,"
        " name VARCHAR NOT NULL, direction VARCHAR NOT NULL, outcome VARCHAR NOT NULL,"
        " guard VARCHAR NOT NULL, detail VARCHAR)"
    )


def _append(
    con: duckdb.DuckDBPyConnection,
    name: str,
    direction: str,
    outcome: str,
    guard: str,
    detail: str | None,
    happened_at: datetime,
) -> None:
    events = _table(con, "events")
    con.execute(
        f"INSERT INTO {events} SELECT coalesce(max(event), 0) + 1, ?, ?, ?, ?, ?, ? FROM {events}",
        [happened_at, name, direction, outcome, guard, detail],
    ).fetchall()


def _table(con: duckdb.DuckDBPyConnection, name: str) -> str:
    # The engine's cursors are on the database they were opened on, see `guard.run_guarded`.
    database = con.execute("SELECT current_database()").fetchall()[0][0]
    return quote(database, OWN_SCHEMA, name)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
