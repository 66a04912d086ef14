"""What can be wrong, as values: a mistake in a file or a plan is a result, not an exception."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .migration import Step


@dataclass(frozen=True)
class Problem:
    """Something that stops a command before it changes anything.

    `kind` is a short stable name (`syntax`, `no-down`, `locked`, ...), `where` the file and line or
    the database, `what` what is wrong, `next_step` what to do. `str()` is one sentence for people.
    """

    kind: str
    where: str
    what: str
    next_step: str

    @property
    def file(self) -> str:
        """The file of a problem that lies in a file."""
        return re.sub(r", line \d+$", "", self.where)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}; {self.next_step}."


@dataclass(frozen=True)
class Refused:
    """A plan that was refused whole: nothing ran, nothing changed."""

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


@dataclass(frozen=True)
class StepFailure:
    """The step that was refused: its place among the steps (from 0), and DuckDB's words.

    `by_database` is False where it was not DuckDB that refused but the migration's own Python.
    """

    step: Step
    index: int
    error: str
    error_class: str
    by_database: bool = True


class PythonStepError(Exception):
    """What the code of a Python migration raised, as `cause`, and the line of its file."""

    def __init__(self, line: int, cause: BaseException) -> None:
        super().__init__(str(cause))
        self.line = line
        self.cause = cause


class StepRefusedError(Exception):
    """Why a step was not done, in words of ours: `there is no table users`."""


def place(file: str, line: int) -> str:
    """Where something is, the same way in every message."""
    return f"{file}, line {line}"
