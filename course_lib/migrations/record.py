"""Writing the ledger: a row and an event in the transaction of the migration itself."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from .ledger import ACCEPT, BASELINE, read_applied
from .ledger_tables import LedgerTables, create, look_up, upgrade
from .migration import Direction, Migration
from .schema_sql import write_start

_APPLIED = "another run applied it meanwhile"
_TAKEN_BACK = "another run took it back meanwhile"


class LedgerMovedError(Exception):
    """Another run applied the migration, or took it back, since the plan was made."""


@dataclass(frozen=True)
class Seen:
    """What the ledger said a moment ago: the checksums of what is applied from a number on."""

    start: int
    checksums: dict[int, str]


@dataclass(frozen=True)
class Before:
    """What the database has before a migration: whether there is a ledger, and the schema to keep
    as its start; None where that is kept already, or cannot be told."""

    there: bool
    start: tuple[str, ...] | None = None


def check_still_planned(
    con: duckdb.DuckDBPyConnection,
    tables: LedgerTables,
    migration: Migration,
    direction: Direction,
    seen: Seen | None = None,
) -> Before:
    """Raise `LedgerMovedError` unless the ledger lets the migration run in this direction.

    Outside of a transaction only. `seen` is what was read back after the migration before, in the
    same run, and spares a second look.
    """
    there, begun = True, seen is not None
    if seen is None or seen.start > migration.number:
        try:
            seen = _look(con, tables, migration.number)
        except duckdb.CatalogException:
            seen, there = Seen(migration.number, {}), False
    applied = seen.checksums.get(migration.number)
    if applied is not None and direction == "up":
        raise LedgerMovedError(_APPLIED)
    if applied is None and direction == "down":
        raise LedgerMovedError(_TAKEN_BACK)
    if there and (begun or tables.begun or _has_begun(con, tables)):
        return Before(there)
    return Before(there, write_start(con))


def record(
    con: duckdb.DuckDBPyConnection,
    tables: LedgerTables,
    migration: Migration,
    direction: Direction,
    guard: str,
    *,
    before: Before,
) -> None:
    """Write the ledger row and the event, in the caller's transaction.

    Raises `LedgerMovedError` where the ledger is not the one that was planned for.
    """
    if before.there:
        upgrade(con, tables)
    else:
        create(con, tables)
    now = _now()
    if direction == "up":
        row = [migration.number, migration.name, migration.checksum, guard, now]
        _insert(con, tables, row)
    else:
        ((gone,),) = con.execute(
            f"DELETE FROM {tables.ledger} WHERE number = ?", [migration.number]
        ).fetchall()
        if not gone:
            raise LedgerMovedError(_TAKEN_BACK)
    for position, sql in enumerate(before.start or (), 1):
        con.execute(f"INSERT INTO {tables.start} VALUES (?, ?)", [position, sql]).fetchall()
    _append(con, tables, migration.name, direction, "done", guard, None, now)


def record_baseline(con: duckdb.DuckDBPyConnection, migrations: Iterable[Migration]) -> None:
    """Write that the migrations are applied, though they were not run, in a transaction of its own.

    They make all that is there, from nothing. Raises `LedgerMovedError` where the ledger has rows
    by now.
    """
    tables = look_up(con)
    with _transaction(con):
        if read_applied(con):
            raise LedgerMovedError("another run applied a migration meanwhile")
        create(con, tables)
        upgrade(con, tables)
        con.execute(f"DELETE FROM {tables.start}").fetchall()
        now = _now()
        for one in migrations:
            _insert(con, tables, [one.number, one.name, one.checksum, BASELINE, now])
            _append(con, tables, one.name, BASELINE, "done", BASELINE, None, now)


def record_accepted(con: duckdb.DuckDBPyConnection, migration: Migration, before: str) -> None:
    """Write that the file as it is now is the one that was applied, in a transaction of its own.

    `before` is the checksum that the ledger has. Raises `LedgerMovedError` where it has another.
    """
    tables = look_up(con)
    with _transaction(con):
        upgrade(con, tables)
        ((changed,),) = con.execute(
            f"UPDATE {tables.ledger} SET checksum = ? WHERE number = ? AND checksum = ?",
            [migration.checksum, migration.number, before],
        ).fetchall()
        if not changed:
            raise LedgerMovedError(_TAKEN_BACK)
        _append(con, tables, migration.name, ACCEPT, "done", "none", None, _now())


def record_failure(
    con: duckdb.DuckDBPyConnection, name: str, direction: Direction, guard: str, detail: str
) -> None:
    """Write that a migration failed, after it was rolled back, in a transaction of its own."""
    tables = look_up(con)
    with _transaction(con):
        create(con, tables)
        upgrade(con, tables)
        _append(con, tables, name, direction, "failed", guard, detail, _now())


def landed(
    con: duckdb.DuckDBPyConnection,
    tables: LedgerTables,
    migration: Migration,
    direction: Direction,
) -> Seen | None:
    """What the ledger says, if it is what a finished run must have left, else None.

    DuckDB's COMMIT is not proof.
    """
    seen = _look(con, tables, migration.number)
    present = seen.checksums.get(migration.number) == migration.checksum
    return seen if present == (direction == "up") else None


def _look(con: duckdb.DuckDBPyConnection, tables: LedgerTables, number: int) -> Seen:
    # An up finds its own row and no other above it, so this is no longer than asking for one.
    query = f"SELECT number, checksum FROM {tables.ledger} WHERE number >= ?"
    return Seen(number, dict(con.execute(query, [number]).fetchall()))


def _has_begun(con: duckdb.DuckDBPyConnection, tables: LedgerTables) -> bool:
    done = f"SELECT 1 FROM {tables.events} WHERE outcome = 'done' LIMIT 1"
    return bool(con.execute(done).fetchall())


def _insert(con: duckdb.DuckDBPyConnection, tables: LedgerTables, row: list[object]) -> None:
    try:
        con.execute(f"INSERT INTO {tables.ledger} VALUES (?, ?, ?, ?, ?)", row).fetchall()
    except duckdb.ConstraintException:
        # The number is its key, so no two runs can both have applied it.
        raise LedgerMovedError(_APPLIED) from None


def _append(
    con: duckdb.DuckDBPyConnection,
    tables: LedgerTables,
    name: str,
    direction: str,
    outcome: str,
    guard: str,
    detail: str | None,
    happened_at: datetime,
) -> None:
    con.execute(
        f"INSERT INTO {tables.events} SELECT coalesce(max(event), 0) + 1, ?, ?, ?, ?, ?, ?"
        f" FROM {tables.events}",
        [happened_at, name, direction, outcome, guard, detail],
    ).fetchall()


@contextlib.contextmanager
def _transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    con.execute("BEGIN")
    try:
        yield
        con.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(duckdb.Error):
            con.execute("ROLLBACK")
        raise


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
