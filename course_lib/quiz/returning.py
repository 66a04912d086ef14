"""A missed idea comes back two lessons later: questions of an earlier lesson, asked once more.

A quiz says `returns = "04-adding-a-column"`. Of that lesson's questions that carry an `idea`, those
come back whose first try there was wrong, what the learner was sure of first; where none was, the
first that carries one, so that something always comes back. What has been answered here stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from course_lib.quiz.answer import Answer
from course_lib.quiz.lines import CAME_BACK
from course_lib.quiz.model import Quiz
from course_lib.quiz.record import Record, read_record, record_path

MOST = 2
"""So many questions come back at most."""


def read_with_returning(
    quiz: Quiz, path: Path, earlier: Sequence[Quiz], earlier_answers: Path
) -> tuple[Quiz, Record]:
    """The quiz with what comes back from earlier quizzes at its end, and the answers in its record.

    `path` is the record of the quiz, `earlier_answers` the folder with those of the others. Raises
    OSError where the quiz's own record cannot be read.
    """
    pool = [
        replace(
            question, id=f"{one.id}{CAME_BACK}{question.id}", returned=f"from the quiz: {one.title}"
        )
        for one in earlier
        for question in one.questions
        if question.idea is not None
    ]
    record = read_record(path, replace(quiz, questions=(*quiz.questions, *pool)))
    here = {answer.question for answer in record.answers}
    missed = [name for one in earlier for name in _missed(one, earlier_answers)]
    wanted = [question for name in missed for question in pool if question.id == name] or pool[:1]
    kept = [question for question in pool if question.id in here]
    more = [question for question in wanted if question.id not in here]
    chosen = (*kept, *more[: max(0, MOST - len(kept))])
    return replace(quiz, questions=(*quiz.questions, *chosen)), record


def _missed(quiz: Quiz, answers: Path) -> list[str]:
    """The ids under which missed questions of a quiz come back, what was sure first."""
    try:
        record = read_record(record_path(answers, quiz.id), quiz)
    except OSError:
        return []
    firsts: dict[str, Answer] = {}
    for answer in record.answers:
        firsts.setdefault(answer.question, answer)
    missed = [answer for answer in firsts.values() if not answer.right]
    missed.sort(key=lambda answer: answer.sure is not True)
    return [f"{quiz.id}{CAME_BACK}{answer.question}" for answer in missed]
