"""What every format gives: a migration, or problems that have their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import Problem, place
from ..migration import Migration, Step
from ..statements import SyntaxProblem, one_line, split_statements


@dataclass(frozen=True)
class Parsed:
    """One migration, read: the migration, where there is one, and what is wrong with it."""

    migration: Migration | None
    problems: tuple[Problem, ...]


def only(kind: str, where: str, what: str, next_step: str) -> Parsed:
    """No migration, and the one problem that is the reason."""
    return Parsed(None, (Problem(kind, where, what, next_step),))


def read_steps(text: str, file: str, first_line: int) -> tuple[tuple[Step, ...], list[Problem]]:
    """The steps of a text of SQL that begins at a line of a file, and what is wrong with them."""
    split = split_statements(text, first_line)
    if isinstance(split, SyntaxProblem):
        problem = Problem(
            "syntax",
            place(file, split.line),
            f"DuckDB cannot read the SQL: {split.message}",
            "correct the statement, nothing was run",
        )
        return (), [problem]
    return split, list(_own_transactions(split, file))


def _own_transactions(steps: tuple[Step, ...], file: str) -> Iterator[Problem]:
    for step in steps:
        if step.kind == "TRANSACTION":
            yield Problem(
                "own-transaction",
                place(file, step.line),
                f"{one_line(step.sql, 20)} would begin or end the transaction that makes the"
                " migration all or nothing",
                "remove the statement, the engine begins and commits by itself",
            )
