"""What is known of one learner's work on one lesson: plain data, from which all else is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from course_lib.classroom.roster import Learner
from course_lib.exercises import Verdict
from course_lib.insight.asked import Asked
from course_lib.notebook.attempt_record import KeptCheck, KeptHint
from course_lib.quiz import Answer


@dataclass(frozen=True)
class Mark:
    """The points in the gradebook; `waits` where a person has to give some of them yet."""

    score: float
    most: float
    waits: bool


@dataclass(frozen=True)
class Judged:
    """What grading says of one exercise: the verdict, or that nothing was `written`, or, with
    neither, `why` there is none."""

    verdict: Verdict | None
    written: bool = True
    why: str = ""


@dataclass(frozen=True)
class Work:
    """One learner, one lesson, handed in. `judged` is by exercise and empty where it is not graded;
    `lines` are the checks and hints in the order of their record; `answers` are by quiz."""

    learner: str
    lesson: str
    judged: Mapping[str, Judged] = field(default_factory=dict)
    lines: tuple[KeptCheck | KeptHint, ...] = ()
    answers: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    mark: Mark | None = None

    @property
    def has_record(self) -> bool:
        """Whether a record of checks, hints or quizzes was handed in with it."""
        return bool(self.lines) or any(self.answers.values())

    def checks(self, exercise: str) -> list[KeptCheck]:
        """The checks of an exercise that judged an answer, oldest first."""
        return [
            one
            for one in self.lines
            if isinstance(one, KeptCheck) and one.exercise == exercise and one.requirements
        ]

    def hint_tier(self, exercise: str) -> int:
        """The highest tier of hint that was given; 0 for none."""
        tiers = [
            one.tier for one in self.lines if isinstance(one, KeptHint) and one.exercise == exercise
        ]
        return max(tiers, default=0)

    def times(self) -> list[datetime]:
        """Every time in the records, unsorted."""
        kept = [one.at for one in self.lines if one.at is not None]
        return kept + [answer.at for answers in self.answers.values() for answer in answers]


@dataclass(frozen=True)
class Unread:
    """A file of a learner's of which not all was read, and why."""

    learner: str
    lesson: str
    file: str
    why: str


@dataclass(frozen=True)
class ClassWork:
    """All that was read: what the lessons ask, who is in the class, what was handed in."""

    asked: tuple[Asked, ...]
    learners: tuple[Learner, ...]
    works: tuple[Work, ...]
    unread: tuple[Unread, ...] = ()

    def of(self, lesson: str) -> list[Work]:
        """The work on one lesson."""
        return [work for work in self.works if work.lesson == lesson]
