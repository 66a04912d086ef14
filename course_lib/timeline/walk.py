"""One migration, statement by statement, on a shadow: a copy of the real database."""

from __future__ import annotations

import contextlib
import weakref

import duckdb

from course_lib.migrations import PlannedMigration, StepFailure, own_cursor, run_one_by_one
from course_lib.migrations.shadow import Shadow, open_shadow

from .deed import Script, StepMark, script_of
from .moment import Tables, read_tables

WHERE = "on a copy of the database"


class Walk:
    """A copy on which `next` runs one statement at a time. `close` throws the copy away."""

    def __init__(self, con: duckdb.DuckDBPyConnection, item: PlannedMigration) -> None:
        self.item = item
        self.done = 0
        self._open = contextlib.ExitStack()
        with own_cursor(con) as cursor:
            self._shadow: Shadow = self._open.enter_context(open_shadow(cursor))
        # A copy that nobody closed goes with the walk, or at the latest with the process.
        self._end = weakref.finalize(self, self._open.close)
        self.before = self.now = read_tables(self._shadow.con)

    @property
    def is_through(self) -> bool:
        """Whether every statement has run on the copy."""
        return self.done == len(self.item.steps)

    def next(self) -> StepFailure | None:
        """Run the next statement on the copy. After a failure the copy is of no use any more."""
        step = self.item.steps[self.done]
        failure = run_one_by_one(self._shadow.con, (step,))
        if failure is None:
            self.done += 1
            self.before, self.now = self.now, read_tables(self._shadow.con)
        return failure

    def sides(self) -> tuple[Tables, Tables]:
        """The copy before the statement that ran last, and after it."""
        return self.before, self.now

    def script(self, failure: StepFailure | None = None) -> Script:
        """The statements with what became of them so far."""
        marks: list[StepMark] = ["ran"] * self.done
        if not self.is_through:
            marks.append("refused" if failure else "next")
        if failure:
            marks += ["not run"] * (len(self.item.steps) - len(marks))
        notes = {self.done: failure.error} if failure else {}
        item = self.item
        return script_of(item.migration, item.direction, WHERE, tuple(marks), notes)

    def close(self) -> None:
        """Throw the copy away. The database itself was never touched."""
        self._end()
