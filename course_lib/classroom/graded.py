"""A submission to grade, and what became of it: plain, so that processes can send it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["graded", "unchanged", "failed"]


@dataclass(frozen=True)
class Submission:
    """A learner's work on a lesson."""

    lesson: str
    student: str


@dataclass(frozen=True)
class Graded:
    """What became of a submission. It is `graded` when the run did it, also before it was stopped.

    `unreadable` says why it counts as handed in empty, `waiting` has each cell that waits for a
    person with the reason, `why` is the reason of a `failed` one. `points` are None where a cell
    has none yet.
    """

    lesson: str
    student: str
    outcome: Outcome
    points: float | None = None
    unreadable: str = ""
    waiting: tuple[tuple[str, str], ...] = ()
    why: str = ""
    seconds: float = 0.0


def read_graded(data: Mapping[str, Any]) -> Graded:
    """What `dataclasses.asdict` and JSON made of a Graded, as one again."""
    return Graded(**{**data, "waiting": tuple((cell, why) for cell, why in data["waiting"])})
