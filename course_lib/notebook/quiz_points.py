"""`quiz_points(...)`: points for a quiz that was done, read from its record; nbgrader counts them.

A quiz teaches and its answers are open, so what counts is that each question was worked through:
answered right at some time, or missed often enough to be told. Nothing of a learner's is run.
"""

from __future__ import annotations

from course_lib.quiz import BankError, State, read_quiz, read_record, record_path

from .attempts import ANSWERS
from .display import panel, sentence
from .errors import LessonError
from .lesson import active_lesson
from .live_check import NOT_JUDGED, Score
from .quiz_cell import BANK


def quiz_points(quiz_id: str, *, of: float) -> Score:
    """The share of `of` points that the quiz's questions done come to. Never raises."""
    try:
        folder = active_lesson().folder
        quiz = read_quiz(folder / BANK, quiz_id)
    except (LessonError, BankError, OSError) as error:
        shown = panel(
            f"The quiz {quiz_id!r} was not looked at.",
            sentence(f"{error} This says nothing about your answers, and it costs no points."),
            tone="note",
        )
        return Score(NOT_JUDGED, shown.html, shown.text)
    path = record_path(folder / ANSWERS, quiz_id)
    try:
        record = read_record(path, quiz)
        note = record.note(path)
    except OSError as error:
        record, note = None, f"{ANSWERS}/{path.name} cannot be read ({error.strerror or error})."
    state = State(quiz, record.answers if record else ())
    done, total = state.settled(), len(quiz.questions)
    points = round(of * done / total, 2)
    how = (
        "Each question is worked through. Whether at the first try or later does not matter."
        if done == total
        else "A question is done when it was answered right, or missed twice and explained."
        " One that comes back from an earlier lesson is not counted."
    )
    shown = panel(
        f"{points:g} of {of:g} points: {done} of {total} questions of the quiz"
        f" “{quiz.title}” done.",
        *(sentence(text) for text in (how, note) if text),
        tone="done" if done == total else "note",
    )
    return Score(points, shown.html, shown.text)
