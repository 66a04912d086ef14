"""Running steps on one connection: as one transaction, or one by one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import duckdb

from .errors import PythonStepError, StepFailure, StepRefusedError
from .migration import Step
from .running import is_interruption, running

OnStep = Callable[[int, Step], None]

COMMIT = Step("COMMIT", "TRANSACTION", 0)


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
                if is_interruption(error):
                    raise KeyboardInterrupt from error
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


@contextlib.contextmanager
def own_cursor(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor with its own transaction and settings, on the database that the caller opened.

    A migration that says `USE` or `SET schema` changes this cursor only, and it is closed. What it
    runs can be interrupted.
    """
    cursor = con.cursor()
    try:
        with running(cursor):
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
    except Exception as error:
        at = replace(step, line=error.line) if isinstance(error, PythonStepError) else step
        cause = error.cause if isinstance(error, PythonStepError) else error
        # An interruption is no refusal: that would be tried once more, on the shadow.
        if is_interruption(cause):
            raise KeyboardInterrupt from error
        if isinstance(cause, duckdb.Error):
            return _told(at, index, cause)
        if step.run is None:
            raise
        return _own(at, index, cause)
    return None


def _told(step: Step, index: int, error: duckdb.Error) -> StepFailure:
    return StepFailure(step, index, str(error).split("\n\n", 1)[0], type(error).__name__)


def _own(step: Step, index: int, error: BaseException) -> StepFailure:
    """The failure of a step's own Python, which no other guard would make good."""
    name = type(error).__name__
    if isinstance(error, StepRefusedError):
        return StepFailure(step, index, str(error), name, by_database=False)
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
