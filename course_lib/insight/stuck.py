"""Who is stuck now, and where: from the records and what grading says. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from course_lib.exercises import Exercise
from course_lib.insight.counting import TIERS, is_done
from course_lib.insight.work import ClassWork, Work

MANY_CHECKS = 5
"""So many checks without meeting everything are many."""

A_WHILE = timedelta(days=3)
"""So long without a record, while the class went on, is a while."""


@dataclass(frozen=True)
class Stuck:
    """A learner and an exercise that they have begun and not met. `at` is the requirement that
    failed last, `last` the time of the last check or hint of it. `quiet` is how long the class went
    on since the last record of theirs, in any lesson, where that is a while."""

    learner: str
    lesson: str
    exercise: str
    title: str
    at: str
    checks: int
    tier: int
    last: datetime | None
    quiet: timedelta | None

    @property
    def why(self) -> str:
        """Why they count as stuck, in words."""
        reasons = []
        if self.checks >= MANY_CHECKS:
            reasons.append(f"{self.checks} checks, and not all met")
        if self.tier >= TIERS:
            reasons.append("the last hint was given, and not all is met")
        if self.quiet is not None:
            days = self.quiet // timedelta(days=1)
            reasons.append(f"nothing for {days} days, while others went on")
        return "; ".join(reasons)


def find_stuck(work: ClassWork) -> tuple[Stuck, ...]:
    """All of them; who tried most often and asked for most comes first."""
    lasts = _last_records(work.works)
    clock = class_clock(work.works)
    found: list[Stuck] = []
    for asked in work.asked:
        for one in work.of(asked.name):
            for exercise in asked.exercises:
                found += _stuck(one, exercise, lasts.get(one.learner), clock)
    return tuple(sorted(found, key=lambda one: (-one.checks, -one.tier, one.lesson, one.learner)))


def class_clock(works: Sequence[Work]) -> datetime | None:
    """Until when the class has worked: a quarter of the learners have a later record. So a time
    that one of them made up moves it little. None where nobody has a record."""
    ordered = sorted(_last_records(works).values())
    return ordered[(len(ordered) - 1) * 3 // 4] if ordered else None


def _last_records(works: Sequence[Work]) -> dict[str, datetime]:
    last: dict[str, datetime] = {}
    for work in works:
        for time in work.times():
            last[work.learner] = max(time, last.get(work.learner, time))
    return last


def _stuck(
    work: Work, exercise: Exercise, seen: datetime | None, clock: datetime | None
) -> Iterator[Stuck]:
    name = exercise.task.id
    lines = [one for one in work.lines if one.exercise == name]
    if not lines or is_done(work, name):
        return
    times = [one.at for one in lines if one.at is not None]
    pause = clock - seen if clock is not None and seen is not None else timedelta()
    checks = work.checks(name)
    stuck = Stuck(
        work.learner,
        work.lesson,
        name,
        exercise.task.title,
        _failing(work, exercise),
        len(checks),
        min(work.hint_tier(name), TIERS),
        max(times, default=None),
        pause if pause >= A_WHILE else None,
    )
    if stuck.why:
        yield stuck


def _failing(work: Work, exercise: Exercise) -> str:
    """The title of the first requirement that the last check failed."""
    for check in reversed(work.checks(exercise.task.id)):
        for one in exercise.task.requirements:
            if check.requirements.get(one.id) == "failed":
                return one.title
        return ""
    return ""
