"""Requirements, counted over a class. Pure: from the work of learners to numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from course_lib.exercises import Exercise, Result
from course_lib.insight.ideas import NO_IDEAS, Ideas, first_words
from course_lib.insight.tries import first_pass, working_minutes
from course_lib.insight.work import Judged, Work

TIERS = 3

OTHERS = "something that only one learner did"
"""In the place of words, where names are left out: those of one learner alone could tell who."""


@dataclass(frozen=True)
class IdeaCount:
    """So many learners failed so. `known` where the words are the name of a known wrong answer,
    else they are what the check said first."""

    words: str
    learners: int
    known: bool


@dataclass(frozen=True)
class RequirementCount:
    """One requirement, over all who were graded.

    `passed`, `failed`, `not_checked`, `no_answer` and `no_verdict` together are `graded`. `tried`
    are the learners who have a record of checks of it, `first_try` those whose first check passed
    it, `own_passed` those who passed it in the end. `checks` and `minutes` are medians until the
    first pass, None where there are none; minutes are of those who needed more than one check.
    `hidden` are those who passed it themselves and not when graded, where further databases count.
    """

    id: str
    title: str
    reason: str
    passed: int
    failed: int
    not_checked: int
    no_answer: int
    no_verdict: int
    tried: int
    first_try: int
    own_passed: int
    checks: float | None
    minutes: float | None
    hidden: int
    ideas: tuple[IdeaCount, ...]

    @property
    def graded(self) -> int:
        """All learners whose work was graded."""
        return self.answered + self.no_answer + self.no_verdict

    @property
    def answered(self) -> int:
        """Those of them who gave an answer that could be judged."""
        return self.passed + self.failed + self.not_checked


@dataclass(frozen=True)
class ExerciseCount:
    """One exercise. `hints` are the learners whose highest hint was of tier 0 (none), 1, 2, 3, of
    those who handed in a record; `hints_done` those of them who met everything. `needed` are the
    checks until everything was met, for each learner who got there."""

    lesson: str
    id: str
    title: str
    requirements: tuple[RequirementCount, ...]
    hints: tuple[int, ...]
    hints_done: tuple[int, ...]
    needed: tuple[int, ...]
    never: int


def count_exercise(
    lesson: str, exercise: Exercise, works: Sequence[Work], ideas: Ideas = NO_IDEAS
) -> ExerciseCount:
    """Count one exercise over the work that was handed in for its lesson."""
    task = exercise.task
    judged = [(work, work.judged.get(task.id)) for work in works if work.judged]
    counted = tuple(
        _requirement(one.id, one.title, one.reason, task.id, judged, works, ideas)
        for one in task.requirements
    )
    tiers = [
        (min(work.hint_tier(task.id), TIERS), is_done(work, task.id))
        for work in works
        if work.has_record
    ]
    needed = [first_pass(work.checks(task.id)) for work in works]
    return ExerciseCount(
        lesson,
        task.id,
        task.title,
        counted,
        tuple(sum(tier == one for tier, _ in tiers) for one in range(TIERS + 1)),
        tuple(sum(done for tier, done in tiers if tier == one) for one in range(TIERS + 1)),
        tuple(sorted(one for one in needed if one is not None)),
        sum(bool(work.checks(task.id)) for work in works) - sum(one is not None for one in needed),
    )


def is_done(work: Work, exercise: str) -> bool:
    """Whether everything is met: as graded, or, where it is not graded, in a check of the learner's
    own."""
    judged = work.judged.get(exercise)
    if judged is not None and judged.verdict is not None:
        return all(one.state == "passed" for one in judged.verdict.results)
    return any(check.passed for check in work.checks(exercise))


def _requirement(
    name: str,
    title: str,
    reason: str,
    exercise: str,
    judged: Sequence[tuple[Work, Judged | None]],
    works: Sequence[Work],
    ideas: Ideas,
) -> RequirementCount:
    states: Counter[str] = Counter()
    found: Counter[tuple[str, bool]] = Counter()
    hidden = 0
    for work, judgement in judged:
        state, result = _state(name, judgement, ideas)
        states[state] += 1
        if state != "failed" or result is None or judgement is None or judgement.verdict is None:
            continue
        known = ideas.name(result, judgement.verdict)
        found[known or first_words(result), bool(known)] += 1
        own = work.checks(exercise)
        hidden += bool(own) and own[-1].requirements.get(name) == "passed"
    tries = [checks for work in works if (checks := work.checks(exercise))]
    passes = [first_pass(checks, name) for checks in tries]
    needed = [one for one in passes if one is not None]
    minutes = [
        working_minutes(check.at for check in checks[:place])
        for checks, place in zip(tries, passes, strict=True)
        if place is not None and place > 1
    ]
    known_minutes = [one for one in minutes if one is not None]
    ordered = sorted(found.items(), key=lambda one: (-one[1], not one[0][1], one[0][0]))
    return RequirementCount(
        name,
        title,
        reason,
        states["passed"],
        states["failed"],
        states["not_checked"],
        states["no_answer"],
        states["no_verdict"],
        len(tries),
        sum(one == 1 for one in needed),
        len(needed),
        median(needed) if needed else None,
        median(known_minutes) if known_minutes else None,
        hidden,
        tuple(IdeaCount(words, count, known) for (words, known), count in ordered),
    )


def _state(name: str, judged: Judged | None, ideas: Ideas) -> tuple[str, Result | None]:
    if judged is None:
        return "no_verdict", None
    if judged.verdict is None:
        return ("no_verdict" if judged.written else "no_answer"), None
    if ideas.is_untouched(judged.verdict):
        return "no_answer", None
    for result in judged.verdict.results:
        if result.id == name:
            return result.state, result
    return "no_verdict", None
