"""What a look at a class found."""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.migrations import Problem


@dataclass(frozen=True)
class Finding:
    """A problem, and whether it `stops` the week; one that does not is worth knowing."""

    problem: Problem
    stops: bool = True

    def __str__(self) -> str:
        return f"{'' if self.stops else 'Note: '}{self.problem}"


def stops(kind: str, where: object, what: str, next_step: str) -> Finding:
    """A finding with which grading does not work, or not as it should."""
    return Finding(Problem(kind, str(where), what, next_step))


def note(kind: str, where: object, what: str, next_step: str) -> Finding:
    """A finding with which grading works."""
    return Finding(Problem(kind, str(where), what, next_step), stops=False)
