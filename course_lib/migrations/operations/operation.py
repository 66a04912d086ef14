"""What every operation of a Python migration is: a sentence, steps, and its own reverse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import duckdb

from ..migration import Step

OPERATION = "OPERATION"


@dataclass(frozen=True)
class NoReverse:
    """Why an operation cannot be taken back, as a sentence part: `the values are not kept`."""

    reason: str


class Operation(Protocol):
    """One change to a database that knows what it is called in words and what undoes it."""

    def sentence(self) -> str:
        """What it will do, without a full stop: `adds the column email to users`."""
        ...

    def steps(self) -> tuple[Step, ...]:
        """The steps that do it, in order; the line of a step is 0 until a file gives it one."""
        ...

    def reverse(self) -> Operation | NoReverse:
        """The operation that takes it back, or why there is none."""
        ...


def one_step(
    sql: str, operation: Operation, run: Callable[[duckdb.DuckDBPyConnection], None]
) -> tuple[Step, ...]:
    """The one step of an operation that looks at the database before it knows its SQL.

    `sql` is what it comes to, for people and for the numbers of a plan.
    """
    return (Step(sql, OPERATION, 0, operation.sentence(), run),)
