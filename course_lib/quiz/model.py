"""What a quiz is and where a learner stands in it. Pure and immutable; no files, no Jupyter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

MISSES_BEFORE_SHOWN = 2
"""After this many misses of one question the right option is shown."""


@dataclass(frozen=True)
class Option:
    """One option of a question. `misconception` names the belief a wrong option stands for."""

    id: str
    text: str
    explanation: str
    right: bool
    misconception: str | None


@dataclass(frozen=True)
class OneChoice:
    """A question with exactly one right option. `sql` is code shown below the stem."""

    id: str
    stem: str
    topic: str
    options: tuple[Option, ...]
    sql: str | None = None
    kind: ClassVar[str] = "one-choice"

    def option(self, option_id: str) -> Option | None:
        """The option of that id, or None when the question has none."""
        return next((option for option in self.options if option.id == option_id), None)


# A further kind of question joins this union, with its own reader in bank.py.
Question = OneChoice


@dataclass(frozen=True)
class Quiz:
    """A quiz of a lesson: its id never changes meaning, since records refer to it."""

    id: str
    title: str
    questions: tuple[Question, ...]

    def question(self, question_id: str) -> Question | None:
        """The question of that id, or None when the quiz has none."""
        return next((item for item in self.questions if item.id == question_id), None)


@dataclass(frozen=True)
class Answer:
    """One pick that was judged. `try_number` counts from 1 within a question; `at` is in UTC."""

    question: str
    option: str
    right: bool
    try_number: int
    at: datetime


@dataclass(frozen=True)
class Score:
    """A finished quiz as facts: how many first tries were right, and the topics of the others."""

    first_tries_right: int
    questions: int
    look_again: tuple[str, ...]


class UnknownPick(LookupError):
    """A pick that names no question or no option of the quiz. A fault of a page, not a learner."""


@dataclass(frozen=True)
class State:
    """A quiz and every answer given so far, oldest first.

    >>> yes = Option("yes", "Yes", "It does.", True, None)
    >>> no = Option("no", "No", "It does not stay.", False, "nothing changes")
    >>> start = State(Quiz("q", "Q", (OneChoice("a", "Does it?", "whether it does", (yes, no)),)))
    >>> start.pick("a", "yes", datetime(2026, 1, 1)).score()
    Score(first_tries_right=1, questions=1, look_again=())
    """

    quiz: Quiz
    answers: tuple[Answer, ...] = ()

    def pick(self, question_id: str, option_id: str, at: datetime) -> State:
        """The state after one more pick. Raises UnknownPick when the quiz has no such option."""
        question = self.quiz.question(question_id)
        option = question.option(option_id) if question else None
        if option is None:
            raise UnknownPick(f"Quiz {self.quiz.id} has no option {option_id!r} in {question_id!r}")
        number = len(self.tries(question_id)) + 1
        answer = Answer(question_id, option_id, option.right, number, at)
        return replace(self, answers=(*self.answers, answer))

    def tries(self, question_id: str) -> tuple[Answer, ...]:
        """The answers to one question, oldest first."""
        return tuple(answer for answer in self.answers if answer.question == question_id)

    def is_settled(self, question_id: str) -> bool:
        """Whether the right option is due: it was picked, or it was missed often enough."""
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
        missed = tuple(q.topic for q in self.quiz.questions if not self.tries(q.id)[0].right)
        total = len(self.quiz.questions)
        return Score(total - len(missed), total, missed)
