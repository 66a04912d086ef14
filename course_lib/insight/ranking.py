"""What to repeat in class: requirements and questions that many have missed, the worst first. Pure.

Each learner who has not met a requirement counts 1. Who missed a question at the first try counts
a half, since its explanation came at once, and who was sure of it a whole. What counts is the share
of those who answered: ten of a class of twelve come before ten of forty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from course_lib.insight.counting import OTHERS, ExerciseCount, RequirementCount
from course_lib.insight.quiz_counts import QuestionCount, QuizCount

MOST = 7
LEAST_SHARE = 0.15
LEAST_LEARNERS = 2
"""What fewer have missed is for a word with them, and not for the class."""

MISSED, SURE = 0.5, 0.5


@dataclass(frozen=True)
class Repeat:
    """One thing to repeat. `number` of `of` learners have missed it. `what` says what it is, `idea`
    the wrong idea behind it where one stands out, `why` why it has this rank, and `part` names the
    exercise or quiz in which it stands: (lesson, id)."""

    rank: int
    what: str
    number: int
    of: int
    weight: float
    idea: str
    why: str
    where: str
    part: tuple[str, str]


@dataclass(frozen=True)
class _Candidate:
    weight: float
    number: int
    of: int
    what: str
    idea: str
    why: str
    where: str
    part: tuple[str, str]


def rank_repeats(
    exercises: Iterable[ExerciseCount], quizzes: Iterable[QuizCount]
) -> tuple[Repeat, ...]:
    """At most `MOST`, the heaviest first; of equal ones the one that more have missed, then the
    earlier one."""
    found = [one for exercise in exercises for one in _of_exercise(exercise)]
    found += [one for quiz in quizzes for one in _of_quiz(quiz)]
    heavy = sorted(found, key=lambda one: (-one.weight, -one.number, one.part, one.what))
    return tuple(
        Repeat(
            rank,
            one.what,
            one.number,
            one.of,
            one.weight,
            one.idea,
            one.why,
            one.where,
            one.part,
        )
        for rank, one in enumerate(heavy[:MOST], start=1)
    )


def _of_exercise(exercise: ExerciseCount) -> Iterator[_Candidate]:
    for one in exercise.requirements:
        if not _many(one.failed, one.answered):
            continue
        yield _Candidate(
            one.failed / one.answered,
            one.failed,
            one.answered,
            one.title,
            _idea_behind(one),
            _why_requirement(one),
            f"exercise “{exercise.title}”",
            (exercise.lesson, exercise.id),
        )


def _of_quiz(quiz: QuizCount) -> Iterator[_Candidate]:
    for one in quiz.questions:
        if not _many(one.first_wrong, one.answered):
            continue
        yield _Candidate(
            (MISSED * one.first_wrong + SURE * one.sure_wrong) / one.answered,
            one.first_wrong,
            one.answered,
            one.stem,
            _belief_behind(one),
            _why_question(one),
            f"quiz “{quiz.title}”" + (f", read again: {one.see}" if one.see else ""),
            (quiz.lesson, quiz.id),
        )


def _many(number: int, of: int) -> bool:
    return number >= LEAST_LEARNERS and number >= LEAST_SHARE * of


def _why_requirement(one: RequirementCount) -> str:
    said = [f"{one.failed} of the {one.answered} who answered do not meet it"]
    if one.hidden:
        said.append(
            f"{one.hidden} of them met it in their own check and not on the further databases"
        )
    elif one.tried:
        said.append(f"at the first check {one.first_try} of {one.tried} met it")
    return f"{'; '.join(said)}. It counts in the mark."


def _why_question(one: QuestionCount) -> str:
    said = f"{one.first_wrong} of {one.answered} missed it at the first try"
    if one.sure_wrong:
        said += f", and {one.sure_wrong} of these were sure: a firm wrong idea, which stays"
    elif one.never:
        said += f", and {one.never} never got it right"
    return f"{said}. A first miss counts half, since the explanation came at once."


def _idea_behind(one: RequirementCount) -> str:
    first = next(iter(one.ideas), None)
    if first is None or first.learners < LEAST_LEARNERS or first.words == OTHERS:
        return ""
    return f"{first.words} ({first.learners} of {one.failed})"


def _belief_behind(one: QuestionCount) -> str:
    wrong = [pick for pick in one.picks if not pick.pick.right and pick.first]
    most = max(wrong, key=lambda pick: pick.first, default=None)
    if most is None or most.first < LEAST_LEARNERS:
        return ""
    return f"{most.pick.stands_for or most.pick.text} ({most.first} of {one.first_wrong})"
