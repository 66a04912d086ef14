"""Where an answer runs: a locked DuckDB in memory that holds one copy of one world at a time."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Protocol, Self, TypeVar

import duckdb

from course_lib.migrations import Step, StepFailure, quote, run_in_transaction, run_one_by_one

from .instance import Connection, open_root
from .learned import Learned, MadeBy, hangs_on_no_row, writes_rows_alone
from .watch import Watch

# Seconds that all migrations of one answer have together; a right one needs less than one.
SECONDS = 20.0
Found = TypeVar("Found")


class Runner(Protocol):
    """One of the engine's two ways to run steps."""

    def __call__(
        self, con: Connection, steps: tuple[Step, ...], *, on_step: Callable[[int, Step], None]
    ) -> StepFailure | None:
        """Run them; None when they ran."""


# A statement that was stopped for its time or memory is not tried a second way.
STOPPED = "InterruptException"
_STOPPED = frozenset({STOPPED, "OutOfMemoryException"})
BROKEN = frozenset({"InternalException", "FatalException"})


class SandboxFault(Exception):
    """DuckDB itself broke. It says nothing about the answer."""


class SetUpRefused(Exception):
    """DuckDB did not take the `part`-th text (from 0) that makes a world."""

    def __init__(self, part: int, error: duckdb.Error) -> None:
        super().__init__(str(error))
        self.part = part


class Sandbox:
    """One DuckDB instance, opened once, since opening costs more than everything done inside it.

    Each copy of a world is a database of its own, attached alone and on a cursor of its own, so
    neither names nor temporary objects reach from one copy to the next. `root` is an instance from
    `open_root` that is lent to one sandbox after the other; it is left without a world, except
    after an exception, when it is of no use any more.
    """

    def __init__(
        self,
        database: str,
        learned: Learned | None = None,
        root: Connection | None = None,
    ) -> None:
        self._database = database
        self.end = time.monotonic() + SECONDS
        self.watch = Watch(self.end)
        self._attached = False
        self.learned = learned or Learned()
        self._is_lent = root is not None
        self._root = root or open_root()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.watch.close()
        if not self._is_lent:
            self._root.close()
        elif kind is None and self._attached:
            self._root.execute(f"DETACH {quote(self._database)}")

    def fresh(self) -> Connection:
        """A connection to an empty database; whatever was in the one before is gone."""
        if self._attached:
            self._root.execute(f"DETACH {quote(self._database)}")
        self._root.execute(f"ATTACH ':memory:' AS {quote(self._database)}")
        self._attached = True
        return self.connect()

    def connect(self) -> Connection:
        """One more connection to the same database, with its own transaction and settings."""
        con = self._root.cursor()
        con.execute(f"USE {quote(self._database)}")
        return con


class Walk:
    """One world on its way through migrations and writes, each committed before the next.

    A migration is tried as one transaction. Where DuckDB refuses that, it runs statement by
    statement on another copy of the same world, walked to the same point: what the engine's
    shadow guard does. In later worlds it then does so at once, and builds no second copy. Each
    runs on a connection of its own, so temporary tables, settings and a current schema never reach
    `con`, which reads and writes for the check. Migrations of an `answer`, and what is tried on
    the way, share the time that the sandbox has for one.
    """

    def __init__(self, sandbox: Sandbox, setup: Sequence[str], *, answer: bool = False) -> None:
        self._sandbox = sandbox
        self._end = sandbox.end if answer else math.inf
        self._done: list[Callable[[], object]] = []
        # What made the schema that the world has now; None where rows or a failure may have.
        self.made_by: MadeBy | None = ()
        self.con = sandbox.fresh()
        for part, sql in enumerate(setup):
            try:
                self.write(sql)
            except duckdb.Error as error:
                self.con.close()
                raise SetUpRefused(part, error) from None

    def write(self, sql: str) -> None:
        """Run SQL of ours. Raises `duckdb.Error` where the database does not take it."""
        self._write(sql)
        self._done.append(lambda: self._write(sql))
        if self.made_by is not None and not writes_rows_alone(sql):
            self.made_by = (*self.made_by, sql)

    def migrate(self, steps: tuple[Step, ...], *, in_transaction: bool) -> StepFailure | None:
        """Run the steps; None when they ran. After a failure the world is where they stopped."""
        failure = self._migrate(steps, in_transaction)
        if self.made_by is not None:
            known = failure is None and all(map(hangs_on_no_row, steps))
            self.made_by = (*self.made_by, steps) if known else None
        return failure

    def _migrate(self, steps: tuple[Step, ...], in_transaction: bool) -> StepFailure | None:
        if in_transaction and steps not in self._sandbox.learned.refused:
            failure = self._run(run_in_transaction, steps)
            if failure is None:
                self._done.append(lambda: self._run(run_in_transaction, steps))
                return None
            if failure.error_class in _STOPPED:
                return failure
            self._sandbox.learned.refused.add(steps)
            self._start_over()
        failure = self._run(run_one_by_one, steps)
        if failure is None:
            self._done.append(lambda: self._run(run_one_by_one, steps))
        return failure

    def close(self) -> None:
        """Let go of the world, so that the sandbox can take the next one."""
        self.con.close()

    def _start_over(self) -> None:
        self.con.close()
        self.con = self._sandbox.fresh()
        for again in self._done:
            again()

    def _write(self, sql: str) -> None:
        if sql.strip():
            self.con.execute(sql).fetchall()

    def apart(self, work: Callable[[Connection], Found]) -> Found:
        """Do something on a connection of its own, then closed, in the time that is left."""
        with contextlib.closing(self._sandbox.connect()) as con:
            if math.isinf(self._end):
                return work(con)
            with self._sandbox.watch.over(con):
                return work(con)

    def _run(self, run: Runner, steps: tuple[Step, ...]) -> StepFailure | None:
        at = 0

        def on_step(index: int, _: Step) -> None:
            nonlocal at
            at = index

        try:
            failure = self.apart(lambda con: run(con, steps, on_step=on_step))
        except KeyboardInterrupt:
            # The engine takes any interruption for a person's; this one was ours.
            if time.monotonic() < self._end:
                raise
            failure = StepFailure(steps[at], at, "INTERRUPT Error: Interrupted!", STOPPED)
        return _checked(failure)


def _checked(failure: StepFailure | None) -> StepFailure | None:
    if failure is not None and failure.error_class in BROKEN:
        raise SandboxFault(
            f"DuckDB itself broke ({failure.error_class}) in line {failure.step.line}"
        )
    return failure
