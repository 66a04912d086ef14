"""A migration that could not be run, in one sentence that ends in what to do next."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import Problem
from .guard import LEDGER_MOVED, NO_ROOM
from .landing import CHANGED_MEANWHILE
from .migration import Direction, Step
from .source import place
from .statements import one_line

_NO_ROOM = re.compile(r"Could not (?:write|truncate|create|sync)|No space left|File too large")


@dataclass(frozen=True)
class Failure:
    """The migration at which a run stopped. The database is as it was before this migration.

    `index` counts the steps from 0; it is `steps` where the steps ran and something else failed.
    `by_database` is False where not DuckDB refused but an operation, or the migration's own Python.
    `in_transaction` is what DuckDB said in the transaction where the shadow came after it.
    """

    name: str
    direction: Direction
    step: Step
    index: int
    steps: int
    file: str
    error: str
    error_class: str
    in_transaction: str | None
    by_database: bool = True

    def __str__(self) -> str:
        return str(self.to_problem())

    def to_problem(self) -> Problem:
        """The same as a problem of the kind `failed`, for those who list problems."""
        what, next_step = self._told()
        return Problem("failed", "", what, f"nothing was changed, {next_step}")

    def _told(self) -> tuple[str, str]:
        if self.error_class == NO_ROOM:
            first = self.in_transaction
            why = f" (it needs one, since as one transaction DuckDB refused it: {first})"
            reason = f"{self.file}: the disk cannot hold a shadow: {self.error}"
            return reason + (why if first else ""), "make room on the disk and run it again"
        # A broken write is no fault of the step that it happened in.
        if _NO_ROOM.search(self.error):
            reason = f"{self.file}: the disk cannot hold the change ({one_line(self.error, 200)})"
            if "must be restarted" in self.error:
                return reason, "make room on the disk, close the database, open it and run it again"
            return reason, "make room on the disk and run it again"
        if self.error_class == LEDGER_MOVED:
            return f"{self.file}: {self.error}", "look at `status` before you run anything else"
        if self.error == CHANGED_MEANWHILE:
            return f"{self.file}: {self.error}", "run it again"
        correct = "correct the up and run it again"
        if self.direction == "down":
            # Its file is edited then, and an edited one is not run.
            correct = "correct the down, `accept` its file, and run it again"
        if self.index >= self.steps:
            could_not = "the change could not be put into the database"
            return f"{self.file}: {could_not}: {self.error}{self._also()}", correct
        where = place(self.file, self.step.line)
        step = f"step {self.index + 1} of {self.steps}, `{one_line(self.step.sql)}`, was refused"
        return f"{where}: {step}: {self.error}{self._also()}", correct

    def _also(self) -> str:
        if not self.in_transaction or self.in_transaction == self.error:
            return ""
        return f" (as one transaction DuckDB refused it too: {self.in_transaction})"
