"""What the database says: the ledger of applied migrations, and the log of all that happened.

`updown.ledger` has one row for each migration that is applied now. `updown.events` is only ever
appended to: ups, downs, baselines, accepted files and failures. `updown.start` holds the schema
from before the first migration, `updown.format` the version of this layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb

from .ledger_tables import find_tables, is_there, read_format

BASELINE = "baseline"
ACCEPT = "accept"


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
    """One line of the log: an up, a down, a baseline, a file that was accepted.

    Of a failure, `detail` has DuckDB's words.
    """

    happened_at: datetime
    name: str
    direction: str
    outcome: str
    guard: str
    detail: str | None


def read_applied(con: duckdb.DuckDBPyConnection) -> tuple[Applied, ...]:
    """The applied migrations by number; none where there is no ledger. Writes nothing."""
    tables = find_tables(con)
    if not is_there(con, tables):
        return ()
    rows = con.execute(
        f"SELECT number, name, checksum, guard, applied_at FROM {tables.ledger} ORDER BY 1"
    ).fetchall()
    return tuple(Applied(*row) for row in rows)


def read_events(con: duckdb.DuckDBPyConnection) -> tuple[Event, ...]:
    """All events, oldest first. Writes nothing."""
    tables = find_tables(con)
    if not is_there(con, tables):
        return ()
    rows = con.execute(
        "SELECT happened_at, name, direction, outcome, guard, detail"
        f" FROM {tables.events} ORDER BY event"
    ).fetchall()
    return tuple(Event(*row) for row in rows)


def read_start(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The statements that make the schema from before the first migration. Writes nothing.

    None where the database was empty then, and where the ledger began with format 1.
    """
    if (read_format(con) or 0) < 2:
        return ()
    start = find_tables(con).start
    rows = con.execute(f"SELECT sql FROM {start} ORDER BY position").fetchall()
    return tuple(sql for (sql,) in rows)
