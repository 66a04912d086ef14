"""What to repeat in class: requirements and questions that many have missed, the worst first. Pure.

Each learner who fails a requirement when graded counts double, since they could check as often as
they liked and were told what differs. Who never answered a question right counts once. Who missed
it at the first try only counts a quarter, since its explanation came at once and helped, and a half
where they had been sure. What counts is the share of those who answered: ten of a class of twelve
come before ten of forty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from course_lib.insight.counting import OTHERS, ExerciseCount, IdeaCount, RequirementCount
from course_lib.insight.quiz_counts import QuestionCount, QuizCount

MOST = 7
LEAST_SHARE = 0.15
LEAST_LEARNERS = 2
"""What fewer have missed is for a word with them, and not for the class."""

FAILED, MENDED, MENDED_SURE = 2.0, 0.25, 0.5
"""What one learner counts who fails a requirement when graded, and who missed a question at the
first try and was right later: not sure of it, or sure."""


@dataclass(frozen=True)
class Repeat:
    """One thing to repeat. `number` of `of` learners have missed it. `what` says what it is, `idea`
    the wrong idea behind it where one stands out, `why` why it has this rank, `see` a heading of
    the lesson to read again. `part` names the exercise or quiz where it stands: (lesson, id)."""

    rank: int
    what: str
    number: int
    of: int
    weight: float
    idea: str
    why: str
    where: str
    see: str
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
    see: str
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
            one.see,
            one.part,
        )
        for rank, one in enumerate(heavy[:MOST], start=1)
    )


def _of_exercise(exercise: ExerciseCount) -> Iterator[_Candidate]:
    told: set[str] = set()
    for one in sorted(exercise.requirements, key=lambda one: -one.failed):
        idea = _idea_behind(one)
        words = idea.words if idea else ""
        if not _many(one.failed, one.answered) or words in told:
            continue
        told |= {words} - {""}  # the same wrong idea often fails several requirements
        yield _Candidate(
            FAILED * one.failed / one.answered,
            one.failed,
            one.answered,
            one.title,
            f"{words} ({idea.learners} of {one.failed})" if idea else "",
            _why_requirement(one),
            f"exercise “{exercise.title}”",
            "",
            (exercise.lesson, exercise.id),
        )


def _of_quiz(quiz: QuizCount) -> Iterator[_Candidate]:
    for one in quiz.questions:
        if not _many(one.first_wrong, one.answered):
            continue
        yield _Candidate(
            weight_of(one) / one.answered,
            one.first_wrong,
            one.answered,
            one.stem,
            _belief_behind(one),
            _why_question(one),
            f"quiz “{quiz.title}”",
            one.see,
            (quiz.lesson, quiz.id),
        )


def weight_of(one: QuestionCount) -> float:
    """What the learners who missed a question count together; 0 to the number who answered."""
    mended = one.first_wrong - one.never
    return one.never + MENDED * (mended - one.sure_mended) + MENDED_SURE * one.sure_mended


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
    return f"{'; '.join(said)}."


def _why_question(one: QuestionCount) -> str:
    said = [f"{one.first_wrong} of {one.answered} missed it at the first try"]
    if one.never:
        said.append(f"{one.never} never got it right")
    if one.sure_wrong:
        were = "was" if one.sure_wrong == 1 else "were"
        said.append(f"{one.sure_wrong} {were} sure of a wrong answer")
    return f"{'; '.join(said)}."


def _idea_behind(one: RequirementCount) -> IdeaCount | None:
    """The idea that most have, where it is more than one learner's."""
    first = next(iter(one.ideas), None)
    if first is None or first.learners < LEAST_LEARNERS or first.words == OTHERS:
        return None
    return first


def _belief_behind(one: QuestionCount) -> str:
    wrong = [pick for pick in one.picks if not pick.pick.right and pick.first]
    most = max(wrong, key=lambda pick: pick.first, default=None)
    if most is None or most.first < LEAST_LEARNERS:
        return ""
    said = most.pick.stands_for or f"“{most.pick.text}”"
    return f"{said} ({most.first} of {one.first_wrong})"
