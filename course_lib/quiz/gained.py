"""What was gained between two quizzes: of each question its first try then and now. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from course_lib.quiz.answer import Answer
from course_lib.quiz.model import State


@dataclass(frozen=True)
class FirstTries:
    """The first answers to one question, `then` and `now`; None where it was not answered."""

    stem: str
    then: Answer | None
    now: Answer | None

    @property
    def gained(self) -> bool:
        """Whether it was missed then and is right now."""
        return self.then is not None and not self.then.right and _right(self.now)

    @property
    def lost(self) -> bool:
        """Whether it was right then and is missed now."""
        return _right(self.then) and self.now is not None and not self.now.right


@dataclass(frozen=True)
class Gained:
    """The questions that both quizzes ask, in the order in which they are asked now."""

    questions: tuple[FirstTries, ...]

    def right_then(self) -> int:
        """How many first tries were right then."""
        return sum(_right(one.then) for one in self.questions)

    def right_now(self) -> int:
        """How many first tries are right now."""
        return sum(_right(one.now) for one in self.questions)

    def answered_then(self) -> int:
        """How many of the questions were answered then."""
        return sum(one.then is not None for one in self.questions)

    def open_now(self) -> int:
        """How many of the questions are not answered yet."""
        return sum(one.now is None for one in self.questions)


def compare_first_tries(then: State, now: State) -> Gained:
    """The first tries of the questions that both quizzes have, known by their ids.

    Only first tries count: whoever takes the earlier quiz again later does not change what it said.
    """
    return Gained(tuple(_compared(then, now)))


def _compared(then: State, now: State) -> Iterator[FirstTries]:
    for question in now.quiz.questions:
        if then.quiz.question(question.id) is not None:
            yield FirstTries(question.stem, _first(then, question.id), _first(now, question.id))


def _first(state: State, question: str) -> Answer | None:
    return next(iter(state.tries(question)), None)


def _right(answer: Answer | None) -> bool:
    return answer is not None and answer.right
