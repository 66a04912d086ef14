"""`quiz(...)`: the lesson's quiz, with the answers that were given before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .attempts import ANSWERS
from .errors import LessonError
from .lesson import active_lesson

if TYPE_CHECKING:
    from course_lib.widgets import QuizWidget

BANK = "quiz.toml"


def quiz(quiz_id: str) -> QuizWidget:
    """The widget of one quiz of the lesson's bank; answers are kept in the lesson's `answers/`.

    Raises LessonError where the bank cannot be used or has no such quiz.
    """
    from course_lib.quiz import BankError
    from course_lib.widgets import show_quiz  # not before it is needed: widgets load slowly

    folder = active_lesson().folder
    try:
        return show_quiz(folder / BANK, quiz_id, folder / ANSWERS)
    except (BankError, OSError) as error:
        told = str(error).replace(str(folder / BANK), BANK)
        raise LessonError(f"The quiz {quiz_id!r} cannot be shown: {told}") from error
