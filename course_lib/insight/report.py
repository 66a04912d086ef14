"""The whole report as data: what was counted, ranked and found. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import quantiles

from course_lib.insight.asked import Asked
from course_lib.insight.counting import OTHERS, ExerciseCount, IdeaCount, count_exercise
from course_lib.insight.gain import Gain, count_gains
from course_lib.insight.ideas import NO_IDEAS, Ideas
from course_lib.insight.names import Names, name_all
from course_lib.insight.quiz_counts import QuizCount, count_quiz
from course_lib.insight.ranking import Repeat, rank_repeats
from course_lib.insight.stuck import Stuck, find_stuck
from course_lib.insight.work import ClassWork, Unread, Work


@dataclass(frozen=True)
class LessonCount:
    """One lesson. `quartiles` are the three of the marks, as shares of the most, None where fewer
    than two have a mark. `waiting` have no mark before a person has looked."""

    name: str
    title: str
    handed_in: int
    graded: int
    waiting: int
    with_record: int
    quartiles: tuple[float, float, float] | None
    exercises: tuple[ExerciseCount, ...]
    quizzes: tuple[QuizCount, ...]


@dataclass(frozen=True)
class Report:
    """Everything on the page. Texts that may come from learners are cleaned, and names are in
    `stuck` and `unread` alone: as `names` says them."""

    made: datetime
    learners: int
    lessons: tuple[LessonCount, ...]
    repeats: tuple[Repeat, ...]
    stuck: tuple[Stuck, ...]
    gains: tuple[Gain, ...]
    unread: tuple[Unread, ...]
    names: Names


def make_report(
    work: ClassWork,
    ideas: Mapping[tuple[str, str], Ideas],
    made: datetime,
    *,
    leave_names_out: bool = False,
) -> Report:
    """Count all of it. `ideas` are by (lesson, exercise)."""
    names = name_all(work.learners, leave_out=leave_names_out)
    lessons = tuple(_lesson(asked, work.of(asked.name), ideas, names) for asked in work.asked)
    repeats = rank_repeats(
        (exercise for lesson in lessons for exercise in lesson.exercises),
        (quiz for lesson in lessons for quiz in lesson.quizzes),
    )
    return Report(
        made,
        len(work.learners),
        lessons,
        repeats,
        tuple(replace(one, learner=names.of(one.learner)) for one in find_stuck(work)),
        count_gains(work),
        tuple(replace(one, learner=names.of(one.learner)) for one in work.unread),
        names,
    )


def _lesson(
    asked: Asked,
    works: Sequence[Work],
    ideas: Mapping[tuple[str, str], Ideas],
    names: Names,
) -> LessonCount:
    shares = [
        min(max(work.mark.score / work.mark.most, 0.0), 1.0)
        for work in works
        if work.mark is not None and work.mark.most > 0 and not work.mark.waits and work.judged
    ]
    low, middle, high = quantiles(shares, n=4, method="inclusive") if len(shares) > 1 else (0, 0, 0)
    exercises = [
        count_exercise(asked.name, one, works, ideas.get((asked.name, one.task.id), NO_IDEAS))
        for one in asked.exercises
    ]
    return LessonCount(
        asked.name,
        asked.title,
        len(works),
        sum(bool(work.judged) for work in works),
        sum(work.mark is not None and work.mark.waits and bool(work.judged) for work in works),
        sum(work.has_record for work in works),
        (low, middle, high) if len(shares) > 1 else None,
        tuple(_clean(one, names) for one in exercises),
        tuple(count_quiz(asked.name, quiz, works) for quiz in asked.quizzes),
    )


def _clean(exercise: ExerciseCount, names: Names) -> ExerciseCount:
    counted = tuple(
        replace(one, ideas=_clean_ideas(one.ideas, names)) for one in exercise.requirements
    )
    return replace(exercise, requirements=counted)


def _clean_ideas(ideas: Sequence[IdeaCount], names: Names) -> tuple[IdeaCount, ...]:
    found: dict[tuple[str, bool], int] = {}
    for one in ideas:
        alone = names.left_out is not None and not one.known and one.learners == 1
        words = one.words if one.known else OTHERS if alone else names.clean(one.words)
        found[words, one.known] = found.get((words, one.known), 0) + one.learners
    merged = [IdeaCount(words, count, known) for (words, known), count in found.items()]
    return tuple(sorted(merged, key=lambda one: (one.words == OTHERS, -one.learners, one.words)))
