"""All or nothing: one transaction where DuckDB can, a shadow where it cannot.

Only running tells whether DuckDB accepts a file inside a transaction. So the transaction is tried
first, unless the file asks for the shadow; where it is refused, the shadow is tried; where both
are refused, nothing has changed and the words of both are told.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import duckdb

from .cost import NoRoomError
from .crash_safety import is_replayable
from .digest import quote
from .errors import PythonStepError, StepFailure
from .explain import explain
from .landing import land
from .ledger import LedgerMovedError, check_still_planned, landed, record
from .migration import Direction, Migration, Step
from .shadow import open_shadow

OnStep = Callable[[int, Step], None]

COMMIT = Step("COMMIT", "TRANSACTION", 0)
LEDGER_MOVED = "LedgerMoved"
NO_ROOM = "NoRoom"


@dataclass(frozen=True)
class Guarded:
    """How a migration ended: the guard that was used, and the failure if there was one.

    `in_transaction` holds what DuckDB said inside the transaction where the shadow came after it.
    """

    guard: str
    failure: StepFailure | None
    in_transaction: StepFailure | None


def run_in_transaction(
    con: duckdb.DuckDBPyConnection,
    steps: tuple[Step, ...],
    *,
    before_commit: Callable[[], None] | None = None,
    on_step: OnStep | None = None,
) -> StepFailure | None:
    """Run the steps as one transaction on this very connection, which must not be in one.

    Every result is fetched, since DuckDB tells some errors only then. After a failure everything
    is rolled back, save for the values that a sequence gave: DuckDB leaves a gap there, as others
    do. `before_commit` runs inside the transaction.
    """
    con.execute("BEGIN")
    with _rolled_back_on_error(con):
        failure = _run(con, steps, on_step)
        if failure is None and before_commit is not None:
            try:
                before_commit()
            except duckdb.Error as error:
                failure = _told(COMMIT, len(steps), error)
        if failure is None:
            failure = _attempt(con, COMMIT, len(steps))
        else:
            con.execute("ROLLBACK")
    return failure


def run_one_by_one(
    con: duckdb.DuckDBPyConnection, steps: tuple[Step, ...], *, on_step: OnStep | None = None
) -> StepFailure | None:
    """Run each step in a transaction of its own and stop at the first failure.

    What ran before a failure stays: only for a database that can be thrown away.
    """
    return _run(con, steps, on_step)


def run_guarded(
    con: duckdb.DuckDBPyConnection,
    migration: Migration,
    direction: Direction,
    *,
    on_step: OnStep | None = None,
) -> Guarded:
    """Run one direction of a migration, all or nothing, and record it in the ledger.

    Works on cursors of its own, so a half-read result or an open transaction of the caller is no
    obstacle. Raises `duckdb.Error` only for faults that have nothing to do with the migration.
    """
    guard, refused = "transaction", None
    try:
        with own_cursor(con) as cursor:
            check_still_planned(cursor, migration, direction)
        if migration.in_transaction(direction) and all(
            map(is_replayable, migration.steps(direction))
        ):
            refused = _by_transaction(con, migration, direction, on_step)
            if refused is None:
                return Guarded(guard, _read_back(con, migration, direction), None)
            if not refused.by_database:
                return Guarded(guard, refused, None)
        guard = "shadow"
        failure = _by_shadow(con, migration, direction, on_step)
    except LedgerMovedError as error:
        steps = len(migration.steps(direction))
        return Guarded(guard, StepFailure(COMMIT, steps, str(error), LEDGER_MOVED), None)
    except NoRoomError as error:
        steps = len(migration.steps(direction))
        return Guarded(guard, StepFailure(COMMIT, steps, str(error), NO_ROOM), refused)
    return Guarded(guard, failure or _read_back(con, migration, direction), refused)


def _by_transaction(
    con: duckdb.DuckDBPyConnection,
    migration: Migration,
    direction: Direction,
    on_step: OnStep | None,
) -> StepFailure | None:
    with own_cursor(con) as cursor:
        home = quote(cursor.execute("SELECT current_database()").fetchall()[0][0])

        def note() -> None:
            # The migration may have said USE; the ledger stays where it is.
            cursor.execute(f"USE {home}")
            record(cursor, migration, direction, "transaction")

        steps = migration.steps(direction)
        return run_in_transaction(cursor, steps, before_commit=note, on_step=on_step)


def _by_shadow(
    con: duckdb.DuckDBPyConnection,
    migration: Migration,
    direction: Direction,
    on_step: OnStep | None,
) -> StepFailure | None:
    steps = migration.steps(direction)
    with own_cursor(con) as cursor, open_shadow(cursor) as shadow:
        failure = run_one_by_one(shadow.con, steps, on_step=on_step)
        if failure is not None:
            return replace(failure, error=explain(shadow.con, failure.error))
        error = land(cursor, shadow, lambda: record(cursor, migration, direction, "shadow"))
        return StepFailure(COMMIT, len(steps), *error) if error else None


@contextlib.contextmanager
def own_cursor(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor with its own transaction and settings, on the database that the caller opened.

    A migration that says `USE` or `SET schema` changes this cursor only, and it is closed.
    """
    cursor = con.cursor()
    try:
        yield cursor
    finally:
        cursor.close()


def _run(
    con: duckdb.DuckDBPyConnection, steps: tuple[Step, ...], on_step: OnStep | None
) -> StepFailure | None:
    for index, step in enumerate(steps):
        if on_step is not None:
            on_step(index, step)
        failure = _attempt(con, step, index)
        if failure is not None:
            return failure
    return None


def _attempt(con: duckdb.DuckDBPyConnection, step: Step, index: int) -> StepFailure | None:
    try:
        if step.run is not None:
            step.run(con)
        else:
            con.execute(step.sql).fetchall()
    except duckdb.Error as error:
        return _told(step, index, error)
    except PythonStepError as error:
        at = replace(step, line=error.line)
        if isinstance(error.cause, duckdb.Error):
            return _told(at, index, error.cause)
        return _own(at, index, error.cause)
    except Exception as error:
        if step.run is None:
            raise
        return _own(step, index, error)
    return None


def _told(step: Step, index: int, error: duckdb.Error) -> StepFailure:
    if "KeyboardInterrupt" in str(error):
        # It hit the Python of DuckDB's progress bar. A refusal would be tried on the shadow.
        raise KeyboardInterrupt from error
    return StepFailure(step, index, str(error).split("\n\n", 1)[0], type(error).__name__)


def _own(step: Step, index: int, error: BaseException) -> StepFailure:
    """The failure of a step's own Python, which no other guard would make good."""
    name = type(error).__name__
    words = f"{name}: {error}" if str(error) else name
    return StepFailure(step, index, words, name, by_database=False)


@contextlib.contextmanager
def _rolled_back_on_error(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        # A failed COMMIT has ended the transaction already; that must not hide the first error.
        with contextlib.suppress(duckdb.Error):
            con.execute("ROLLBACK")
        raise


def _read_back(
    con: duckdb.DuckDBPyConnection, migration: Migration, direction: Direction
) -> StepFailure | None:
    with own_cursor(con) as cursor:
        if landed(cursor, migration, direction):
            return None
    said = "DuckDB said that it committed, but the ledger has not changed"
    return StepFailure(COMMIT, len(migration.steps(direction)), said, "")
