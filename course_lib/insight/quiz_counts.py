"""Questions and their options, counted over a class. Pure: from answers to numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from course_lib.insight.picks import Pick, picked, picks_of
from course_lib.insight.work import Work
from course_lib.quiz import Answer, Question, Quiz


@dataclass(frozen=True)
class PickCount:
    """So many learners chose this `first`, so many at some time (`ever`); of the first ones some
    said that they were `sure`."""

    pick: Pick
    first: int
    ever: int
    sure: int


@dataclass(frozen=True)
class QuestionCount:
    """One question: `answered` learners, of whom `first_right` were right at the first try, and
    `never` not at all. `sure_wrong` were sure of a first answer that was wrong (`sure_mended` of
    them were right later), `asked_sure` said how sure they were. `seconds` is the median of the
    first answers, None where no time is known.
    """

    lesson: str
    quiz: str
    id: str
    stem: str
    kind: str
    topic: str
    see: str
    answered: int
    first_right: int
    never: int
    sure_wrong: int
    sure_mended: int
    asked_sure: int
    seconds: float | None
    picks: tuple[PickCount, ...]

    @property
    def first_wrong(self) -> int:
        """The learners whose first answer was wrong."""
        return self.answered - self.first_right


@dataclass(frozen=True)
class QuizCount:
    """A quiz and its questions, in its order."""

    lesson: str
    id: str
    title: str
    questions: tuple[QuestionCount, ...]


def count_quiz(lesson: str, quiz: Quiz, works: Sequence[Work]) -> QuizCount:
    """Count one quiz over the work that was handed in for its lesson."""
    records = [work.answers.get(quiz.id, ()) for work in works]
    counted = [_question(lesson, quiz.id, question, records) for question in quiz.questions]
    return QuizCount(lesson, quiz.id, quiz.title, tuple(counted))


def _question(
    lesson: str, quiz: str, question: Question, records: Sequence[Sequence[Answer]]
) -> QuestionCount:
    tries = [[one for one in record if one.question == question.id] for record in records]
    tries = [answers for answers in tries if answers]
    firsts = [answers[0] for answers in tries]
    seconds = [one.seconds for one in firsts if one.seconds is not None]
    return QuestionCount(
        lesson=lesson,
        quiz=quiz,
        id=question.id,
        stem=question.stem,
        kind=question.kind,
        topic=question.topic,
        see=question.see or "",
        answered=len(firsts),
        first_right=sum(one.right for one in firsts),
        never=sum(not any(one.right for one in answers) for answers in tries),
        sure_wrong=sum(one.sure is True and not one.right for one in firsts),
        sure_mended=sum(
            answers[0].sure is True and not answers[0].right and any(one.right for one in answers)
            for answers in tries
        ),
        asked_sure=sum(one.sure is not None for one in firsts),
        seconds=median(seconds) if seconds else None,
        picks=tuple(_picks(question, tries)),
    )


def _picks(question: Question, tries: Sequence[Sequence[Answer]]) -> list[PickCount]:
    firsts = [(answers[0], set(picked(question, answers[0]))) for answers in tries]
    evers = [{one for answer in answers for one in picked(question, answer)} for answers in tries]
    return [
        PickCount(
            pick,
            first=sum(pick.id in chosen for _, chosen in firsts),
            ever=sum(pick.id in chosen for chosen in evers),
            sure=sum(pick.id in chosen and answer.sure is True for answer, chosen in firsts),
        )
        for pick in picks_of(question)
    ]
