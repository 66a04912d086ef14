"""All or nothing: one transaction where DuckDB can, a shadow where it cannot.

Only running tells whether DuckDB accepts a file inside a transaction. So the transaction is tried
first, unless the file asks for the shadow; where it is refused, the shadow is tried; where both
are refused, nothing has changed and the words of both are told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import duckdb

from .compare import look_before
from .cost import NoRoomError
from .crash_safety import is_replayable
from .errors import StepFailure
from .explain import explain
from .landing import land
from .ledger_tables import LedgerTables, look_up
from .migration import Direction, Migration, Step
from .progress import OnPhase
from .record import LedgerMovedError, Seen, check_still_planned, landed, record
from .renamed_child import renames_a_child
from .shadow import open_shadow
from .steps import COMMIT, OnStep, own_cursor, run_in_transaction, run_one_by_one

LEDGER_MOVED = "LedgerMoved"
NO_ROOM = "NoRoom"


@dataclass(frozen=True)
class Guarded:
    """How a migration ended: the guard that was used, and the failure if there was one.

    `in_transaction` holds what DuckDB said inside the transaction where the shadow came after it,
    `seen` what the ledger said after it landed.
    """

    guard: str
    failure: StepFailure | None
    in_transaction: StepFailure | None
    seen: Seen | None = field(default=None, compare=False, repr=False)


def run_guarded(
    con: duckdb.DuckDBPyConnection,
    migration: Migration,
    direction: Direction,
    tables: LedgerTables | None = None,
    *,
    seen: Seen | None = None,
    on_step: OnStep | None = None,
    on_phase: OnPhase | None = None,
) -> Guarded:
    """Run one direction of a migration, all or nothing, and record it in the ledger.

    `tables` spares a run of many migrations from asking for the ledger's place each time, and
    `seen` from looking into it again.

    Works on a cursor of its own, so a half-read result or an open transaction of the caller is no
    obstacle. Raises `duckdb.Error` only for faults that have nothing to do with the migration.
    """
    guard, refused, steps = "transaction", None, migration.steps(direction)
    try:
        with own_cursor(con) as cursor:
            tables = tables or look_up(cursor)
            before = check_still_planned(cursor, tables, migration, direction, seen)

            def note() -> None:
                record(cursor, tables, migration, direction, guard, before=before)

            if (
                migration.in_transaction(direction)
                and all(map(is_replayable, steps))
                and not renames_a_child(cursor, steps)
            ):
                if on_phase is not None:
                    on_phase("transaction", cursor)
                refused = run_in_transaction(cursor, steps, before_commit=note, on_step=on_step)
                if refused is None:
                    return _read_back(
                        cursor, tables, migration, direction, Guarded(guard, None, None)
                    )
                if not refused.by_database:
                    return Guarded(guard, refused, None)
        guard = "shadow"
        # The first cursor has what the migration set, so this is a new one.
        with own_cursor(con) as cursor:
            failure = _by_shadow(cursor, steps, note, on_step, on_phase)
            guarded = Guarded(guard, failure, refused)
            if failure is None:
                guarded = _read_back(cursor, tables, migration, direction, guarded)
        return guarded
    except LedgerMovedError as error:
        moved = StepFailure(COMMIT, len(steps), str(error), LEDGER_MOVED)
        return Guarded(guard, moved, None)
    except NoRoomError as error:
        return Guarded(guard, StepFailure(COMMIT, len(steps), str(error), NO_ROOM), refused)


def _by_shadow(
    cursor: duckdb.DuckDBPyConnection,
    steps: tuple[Step, ...],
    note: Callable[[], None],
    on_step: OnStep | None,
    on_phase: OnPhase | None,
) -> StepFailure | None:
    if on_phase is not None:
        on_phase("copying", cursor)
    with open_shadow(cursor) as shadow:
        before = look_before(shadow, steps)
        if on_phase is not None:
            on_phase("shadow", shadow.con)
        failure = run_one_by_one(shadow.con, steps, on_step=on_step)
        if failure is not None and not failure.by_database:
            return failure
        if failure is not None:
            return replace(failure, error=explain(shadow.con, failure.error))
        if on_phase is not None:
            on_phase("landing", cursor)
        error = land(cursor, shadow, before, note)
        return StepFailure(COMMIT, len(steps), *error) if error else None


def _read_back(
    cursor: duckdb.DuckDBPyConnection,
    tables: LedgerTables,
    migration: Migration,
    direction: Direction,
    guarded: Guarded,
) -> Guarded:
    seen = landed(cursor, tables, migration, direction)
    if seen is not None:
        return replace(guarded, seen=seen)
    said = "DuckDB said that it committed, but the ledger has not changed"
    failure = StepFailure(COMMIT, len(migration.steps(direction)), said, "")
    return replace(guarded, failure=failure)
