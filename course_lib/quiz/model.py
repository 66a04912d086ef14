"""What a quiz is and where a learner stands in it. Pure and immutable; no files, no Jupyter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from course_lib.quiz.answer import Answer, UnknownPick
from course_lib.quiz.kinds.question import Question

MISSES_BEFORE_SHOWN = 2
"""After this many misses of one question the right answer is shown."""


@dataclass(frozen=True)
class Quiz:
    """A quiz of a lesson: its id never changes meaning, since records refer to it. `returns` names
    the lesson from which a question that was missed comes back here."""

    id: str
    title: str
    questions: tuple[Question, ...]
    returns: str | None = None

    def question(self, question_id: str) -> Question | None:
        """The question of that id, or None when the quiz has none."""
        return next((item for item in self.questions if item.id == question_id), None)


@dataclass(frozen=True)
class LookAgain:
    """A question that was missed at the first try; `sure` when the learner had been sure."""

    topic: str
    see: str | None
    sure: bool


@dataclass(frozen=True)
class Score:
    """A finished quiz as facts: how many first tries were right, and what to look at again; what
    the learner was sure of comes first."""

    first_tries_right: int
    questions: int
    look_again: tuple[LookAgain, ...]

    @property
    def perfect(self) -> bool:
        """Whether every first try was right."""
        return self.first_tries_right == self.questions > 0


@dataclass(frozen=True)
class State:
    """A quiz and every answer given so far, oldest first.

    >>> from course_lib.quiz import OneChoice, Option
    >>> yes = Option("yes", "Yes", "It does.", True, None)
    >>> no = Option("no", "No", "It does not stay.", False, "nothing changes")
    >>> start = State(Quiz("q", "Q", (OneChoice("a", "Does it?", "whether it does", (yes, no)),)))
    >>> start.pick("a", ["yes"], datetime(2026, 1, 1)).score()
    Score(first_tries_right=1, questions=1, look_again=())
    """

    quiz: Quiz
    answers: tuple[Answer, ...] = ()

    def pick(
        self,
        question_id: str,
        given: Sequence[str],
        at: datetime,
        *,
        sure: bool | None = None,
        seconds: int | None = None,
    ) -> State:
        """The state after one more answer.

        Raises UnknownPick when the quiz can have no such answer, and RunFault when the question
        runs SQL and nothing can be run here.
        """
        question = self.quiz.question(question_id)
        if question is None:
            raise UnknownPick(f"the quiz {self.quiz.id!r} has no question {question_id!r}")
        judged = question.judge(tuple(given))
        number = len(self.tries(question_id)) + 1
        answer = Answer(question_id, tuple(given), judged, number, at, sure, seconds)
        return replace(self, answers=(*self.answers, answer))

    def tries(self, question_id: str) -> tuple[Answer, ...]:
        """The answers to one question, oldest first."""
        return tuple(answer for answer in self.answers if answer.question == question_id)

    def is_settled(self, question_id: str) -> bool:
        """Whether the right answer is due: it was given, or it was missed often enough."""
        tries = self.tries(question_id)
        misses = sum(not answer.right for answer in tries)
        return misses >= MISSES_BEFORE_SHOWN or any(answer.right for answer in tries)

    def settled(self) -> int:
        """How many questions are settled."""
        return sum(self.is_settled(question.id) for question in self.quiz.questions)

    def score(self) -> Score | None:
        """The score once every question is settled, else None."""
        if self.settled() < len(self.quiz.questions):
            return None
        missed = []
        for question in self.quiz.questions:
            first = self.tries(question.id)[0]
            if not first.right:
                missed.append(LookAgain(question.topic, question.see, first.sure is True))
        total = len(self.quiz.questions)
        return Score(
            total - len(missed), total, tuple(sorted(missed, key=lambda one: not one.sure))
        )
