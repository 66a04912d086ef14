"""What a run of grading did: how many, and by name each that somebody has to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course_lib.migrations import Problem

from .grading_progress import time_words

if TYPE_CHECKING:
    from course_lib.classroom.graded import Graded


@dataclass
class Summary:
    """The results so far, and the seconds that the run took."""

    lessons: Sequence[str]
    results: list[Graded] = field(default_factory=list)
    seconds: float = 0.0

    def lines(self) -> Iterator[str]:
        """For people."""
        count = self._count
        yield (
            f"{count['graded']:,} graded, {count['unchanged']:,} unchanged,"
            f" {count['failed']:,} failed, in {time_words(self.seconds)}."
        )
        unreadable = [one for one in self._sorted if one.unreadable]
        if unreadable:
            yield f"Zero, since it could not be read ({len(unreadable):,}):"
            yield from (f"  {_name(one)}: {one.unreadable}." for one in unreadable)
        waiting = [(one, cell, why) for one in self._sorted for cell, why in one.waiting]
        if waiting:
            yield f"Waiting for a person, in the Formgrader's Manual Grading ({len(waiting):,}):"
            yield from (f"  {_name(one)}, {cell}: {why}." for one, cell, why in waiting)

    def problems(self) -> list[Problem]:
        """One for each submission that was not graded."""
        step = "mend that and run this again, or grade it by hand (.grading/log.txt has more)"
        return [
            Problem("not graded", _name(one), f"it was not graded: {one.why.rstrip('.')}", step)
            for one in self._sorted
            if one.outcome == "failed"
        ]

    def data(self) -> dict[str, object]:
        """The same for programs."""
        return {
            "lessons": list(self.lessons),
            **{name: self._count[name] for name in ("graded", "unchanged", "failed")},
            "seconds": round(self.seconds, 3),
            "submissions": [
                {
                    "lesson": one.lesson,
                    "student": one.student,
                    "outcome": one.outcome,
                    "points": one.points,
                    "unreadable": one.unreadable,
                    "waiting": [{"cell": cell, "why": why} for cell, why in one.waiting],
                    "why": one.why,
                }
                for one in self._sorted
            ],
        }

    @property
    def _count(self) -> Counter[str]:
        return Counter(one.outcome for one in self.results)

    @property
    def _sorted(self) -> list[Graded]:
        return sorted(self.results, key=lambda one: (one.lesson, one.student))


def _name(one: Graded) -> str:
    return f"{one.student}, {one.lesson}"
