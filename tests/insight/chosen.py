"""Answers to a question of any kind, right ones and likely wrong ones, with the real verdict."""

from __future__ import annotations

import random

from course_lib.quiz import Judged, Question
from course_lib.quiz.kinds.choice import Choices, SeveralChoices
from course_lib.quiz.kinds.match import Match
from course_lib.quiz.kinds.order import Order
from course_lib.quiz.kinds.review import Review


def choose(question: Question, right: bool, chance: random.Random) -> tuple[str, ...]:
    """An answer to any kind of question, the right one or one that is likely to be wrong."""
    if isinstance(question, Choices):
        wanted = [one.id for one in question.options if one.right]
        others = [one.id for one in question.options if not one.right]
        if right:
            return tuple(wanted if isinstance(question, SeveralChoices) else wanted[:1])
        return (others[min(int(chance.expovariate(1.2)), len(others) - 1)],)
    if isinstance(question, Order):
        steps = [one.id for one in question.steps if not one.left_out]
        if not right:
            chance.shuffle(steps)
        return tuple(steps)
    if isinstance(question, Match):
        sides = [one.id for one in question.pairs if one.left is not None]
        if not right:
            chance.shuffle(sides)
        return tuple(sides)
    if isinstance(question, Review):
        true = next((one for one in question.reasons if one.line is not None), None)
        return (f"line-{true.line}", true.id) if right and true is not None else ("approve",)
    value = getattr(question, "answer", None) or str(getattr(question, "value", "1"))
    return (str(value),) if right else (getattr(question, "wrongs")[0].given,)  # noqa: B009


JUDGED: dict[tuple[str, str, tuple[str, ...]], Judged] = {}


def judge(quiz: str, question: Question, given: tuple[str, ...]) -> Judged:
    """The real verdict; SQL is run once for each answer."""
    key = (quiz, question.id, given)
    if key not in JUDGED:
        JUDGED[key] = question.judge(given)
    return JUDGED[key]
