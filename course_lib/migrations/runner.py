"""Doing a plan, and nothing else. Also the rehearsal: the same on a shadow that is thrown away."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import duckdb

from .cost import NoRoomError
from .errors import StepFailure
from .failure import Failure
from .guard import NO_ROOM, Guarded, run_guarded
from .ledger import read_applied, read_events
from .ledger_tables import look_up
from .migration import Direction, Migration, Step
from .plan import Plan, PlannedMigration
from .progress import OnProgress, Watch, watched
from .record import record_failure
from .shadow import Shadow, open_shadow
from .source import Folder
from .states import Status, read_states
from .steps import COMMIT, own_cursor


@dataclass(frozen=True)
class Done:
    """One migration that was run: the guard that was used and the time it took in seconds."""

    name: str
    direction: Direction
    guard: str
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """What was done before the run ended, and why it ended early, if it did."""

    done: tuple[Done, ...]
    failure: Failure | None


OnStep = Callable[[Migration, int, Step], None]


def run_plan(
    con: duckdb.DuckDBPyConnection,
    plan: Plan,
    *,
    on_step: OnStep | None = None,
    on_progress: OnProgress | None = None,
) -> Outcome:
    """Run the plan in order, each migration all or nothing, and stop at the first failure.

    `con` may have half-read results and open transactions: the engine works on cursors of its own.
    `on_step` is called before each step, a second time where the shadow follows a transaction.
    `on_progress` is called a few times a second, from another thread, once a run takes long.
    Raises `KeyboardInterrupt` where it is interrupted: each migration is there whole or not at all.
    """
    with watched(con, on_progress) as watch:
        return _run(con, plan, on_step, watch)


def _run(
    con: duckdb.DuckDBPyConnection, plan: Plan, on_step: OnStep | None, watch: Watch | None
) -> Outcome:
    done: list[Done] = []
    seen = None
    with own_cursor(con) as cursor:
        tables = look_up(cursor)
    for number, item in enumerate(plan.items, 1):
        if watch is not None:
            watch.migration(item.migration, item.direction, number, len(plan.items))
        started = time.perf_counter()
        try:
            guarded = run_guarded(
                con,
                item.migration,
                item.direction,
                tables,
                seen=seen,
                on_step=_bind(item, on_step, watch),
                on_phase=watch.phase if watch is not None else None,
            )
            seen = guarded.seen
        except duckdb.Error as error:
            guarded = Guarded("none", _not_the_steps(item, error), None)
        if guarded.failure is not None:
            failure = _failure(item, guarded.failure, guarded.in_transaction)
            _note(con, failure, guarded.guard)
            return Outcome(tuple(done), failure)
        seconds = time.perf_counter() - started
        done.append(Done(item.migration.name, item.direction, guarded.guard, seconds))
    return Outcome(tuple(done), None)


def rehearse_plan(
    con: duckdb.DuckDBPyConnection,
    plan: Plan,
    *,
    on_step: OnStep | None = None,
    on_progress: OnProgress | None = None,
) -> Outcome:
    """Run the plan on a copy of the real data and throw the copy away. The database stays as is.

    That there can be no copy, such as on a full disk, is a failure of the first migration.
    """
    if not plan.items:
        return Outcome((), None)
    first = plan.items[0]
    try:
        with own_cursor(con) as cursor, open_watched_shadow(cursor, on_progress) as shadow:
            return run_plan(shadow.con, plan, on_step=on_step, on_progress=on_progress)
    except NoRoomError as error:
        failure = StepFailure(COMMIT, len(first.steps), str(error), NO_ROOM)
    except duckdb.Error as error:
        failure = _not_the_steps(first, error)
    return Outcome((), _failure(first, failure, None))


@contextlib.contextmanager
def open_watched_shadow(
    cursor: duckdb.DuckDBPyConnection, on_progress: OnProgress | None
) -> Iterator[Shadow]:
    """A shadow, see `open_shadow`, with word of how far the copying is."""
    with contextlib.ExitStack() as stack:
        with watched(cursor, on_progress) as watch:
            if watch is not None:
                watch.phase("copying", cursor)
            shadow = stack.enter_context(open_shadow(cursor))
        yield shadow


def read_status(con: duckdb.DuckDBPyConnection, folder: Folder) -> tuple[Status, ...]:
    """The state of every migration, by number. Writes nothing."""
    with own_cursor(con) as cursor:
        last = {event.name: event.outcome for event in read_events(cursor)}
        failed = frozenset(name for name, outcome in last.items() if outcome == "failed")
        return read_states(folder, read_applied(cursor), failed)


def _bind(
    item: PlannedMigration, on_step: OnStep | None, watch: Watch | None
) -> Callable[[int, Step], None] | None:
    if on_step is None:
        return watch.step if watch is not None else None

    def tell(index: int, step: Step) -> None:
        if watch is not None:
            watch.step(index, step)
        on_step(item.migration, index, step)

    return tell


def _not_the_steps(item: PlannedMigration, error: duckdb.Error) -> StepFailure:
    """DuckDB could not copy, write or attach: no fault of any step, and nothing was changed."""
    text = str(error).split("\n\n", 1)[0]
    return StepFailure(COMMIT, len(item.steps), text, type(error).__name__)


def _failure(item: PlannedMigration, failure: StepFailure, first: StepFailure | None) -> Failure:
    return Failure(
        item.migration.name,
        item.direction,
        failure.step,
        failure.index,
        len(item.steps),
        item.migration.file_of(item.direction),
        failure.error,
        failure.error_class,
        first.error if first else None,
        failure.by_database,
    )


def _note(con: duckdb.DuckDBPyConnection, failure: Failure, guard: str) -> None:
    # On a full disk even this cannot be written, and the failure itself is what has to be told.
    with own_cursor(con) as cursor, contextlib.suppress(duckdb.Error):
        record_failure(cursor, failure.name, failure.direction, guard, failure.error)
