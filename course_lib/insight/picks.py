"""What can be chosen in a question of any kind, and what an answer chose of it. Pure.

A question with options has its options. Of steps to order the first that is misplaced counts, of
pairs those that are wrong, of a typed answer the wrong answer that it is taken for. What a learner
typed is never among them.
"""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.quiz import Answer, Question, Review
from course_lib.quiz.kinds.choice import Choices
from course_lib.quiz.kinds.match import Match
from course_lib.quiz.kinds.order import Order
from course_lib.quiz.kinds.review import APPROVE
from course_lib.quiz.kinds.typed import OTHERWISE, RIGHT, Typed


@dataclass(frozen=True)
class Pick:
    """One thing that can be chosen, or gone wrong. `stands_for` is the wrong idea behind it, in a
    few words where its author named one; `explanation` is what the learner reads."""

    id: str
    text: str
    right: bool
    stands_for: str = ""
    explanation: str = ""


def picks_of(question: Question) -> tuple[Pick, ...]:
    """All of them, in the order of the bank."""
    if isinstance(question, Choices):
        return tuple(
            Pick(one.id, one.text, one.right, one.misconception or "", one.explanation)
            for one in question.options
        )
    if isinstance(question, Review):
        return tuple(_review(question))
    if isinstance(question, Typed):
        wrongs = [Pick(one.id, one.given, False, "", one.explanation) for one in question.wrongs]
        right = Pick(RIGHT, "the right answer", True, "", question.explanation)
        return (right, *wrongs, Pick(OTHERWISE, "another answer", False, "", question.otherwise))
    right = Pick(RIGHT, "all of it right", True)
    if isinstance(question, Order):
        steps = [
            Pick(one.id, f"stumbled at: {one.text}", False, "", one.explanation)
            for one in question.steps
        ]
        return (right, *steps, Pick(OTHERWISE, "a step is missing", False))
    if isinstance(question, Match):
        pairs = [
            Pick(one.id, f"wrong beside: {one.left}", False, "", f"It belongs to: {one.right}")
            for one in question.pairs
            if one.left is not None
        ]
        return (right, *pairs)
    return (right, Pick(OTHERWISE, "another answer", False))


def picked(question: Question, answer: Answer) -> tuple[str, ...]:
    """The ids of what an answer chose; never empty."""
    if isinstance(question, Choices | Review):
        return answer.given
    if answer.right:
        return (RIGHT,)
    if isinstance(question, Typed):
        return (answer.judged.note or OTHERWISE,)
    parts = question.draw([answer], False)["parts"]
    return tuple(part["id"] for part in parts if part["mark"] == "missed") or (OTHERWISE,)


def _review(question: Review) -> list[Pick]:
    lines = {one.line for one in question.reasons if one.line is not None}
    found = [Pick(APPROVE, "approve it", not lines, question.hasty or "", question.approved)]
    for line in question.lines:
        text, right = f"send it back: line {line.number}", line.number in lines
        found.append(Pick(line.id, text, right, line.misconception or "", line.explanation))
    for one in question.reasons:
        text, right = f"because {one.text}", one.line is not None
        found.append(Pick(one.id, text, right, one.misconception or "", one.explanation))
    return found
