"""`gained(...)`: a quiz that an earlier lesson asked as well, its answers then and now."""

from __future__ import annotations

from pathlib import Path

from course_lib.quiz import (
    Answer,
    BankError,
    Gained,
    Quiz,
    Record,
    State,
    compare_first_tries,
    read_quiz,
    read_record,
    record_path,
)

from .attempts import ANSWERS
from .display import Shown, panel, sentence, soft, table
from .lesson import active_lesson
from .quiz_cell import BANK


def gained(lesson: str, quiz_id: str) -> Shown:
    """First tries then and now, of the quiz of that id in an earlier lesson and in this one.

    Both are read from the lessons' `answers/`. Whatever is missing or cannot be read is told in a
    sentence. Raises LessonError where no lesson is open.
    """
    here = active_lesson().folder
    then = _read(here.parent / lesson, quiz_id)
    now = _read(here, quiz_id)
    faults = [found for found in (then, now) if isinstance(found, str)]
    if isinstance(then, str) or isinstance(now, str):
        return panel("Then and now cannot be compared.", *map(sentence, faults), tone="refused")
    (quiz_then, record_then), (quiz_now, record_now) = then, now
    compared = compare_first_tries(
        State(quiz_then, record_then.answers), State(quiz_now, record_now.answers)
    )
    notes = [
        record_then.note(record_path(here.parent / lesson / ANSWERS, quiz_id)),
        record_now.note(record_path(here / ANSWERS, quiz_id)),
    ]
    shown_notes = [soft(note) for note in notes if note]
    if compared.answered_then() == 0:
        missing = sentence(
            f"`{lesson}/{ANSWERS}/{record_path(here, quiz_id).name}` holds no answer of yours to"
            " these questions. If you left them out, only today's answers count, and you can go on."
            " If you answered them on another machine, bring your work here with `updown unpack`,"
            " then run this cell again."
        )
        return panel(
            "There is nothing from then to compare with.", missing, *shown_notes, tone="note"
        )
    return _shown(compared, shown_notes)


def _read(folder: Path, quiz_id: str) -> tuple[Quiz, Record] | str:
    """A lesson's quiz and its record, or a sentence about why there is none."""
    if not (folder / BANK).is_file():
        return (
            f"The lesson `{folder.name}` is not here: `{folder.name}/{BANK}` is missing. Fetch the"
            " course's files again; your answers stay as they are."
        )
    try:
        quiz = read_quiz(folder / BANK, quiz_id)
    except (BankError, OSError) as error:
        told = str(error).replace(str(folder), folder.name)
        return f"The questions of `{folder.name}` cannot be read: {told}"
    path = record_path(folder / ANSWERS, quiz_id)
    try:
        return quiz, read_record(path, quiz)
    except OSError as error:
        return (
            f"`{folder.name}/{ANSWERS}/{path.name}` cannot be read"
            f" ({error.strerror or error}). Move it out of the way, then run this cell again."
        )


def _shown(compared: Gained, notes: list[Shown]) -> Shown:
    total = len(compared.questions)
    rows = [(one.stem, _said(one.then), _said(one.now)) for one in compared.questions]
    columns = [("question", ""), ("then", ""), ("now", "")]
    return panel(
        f"Right at the first try: {compared.right_then()} of {total} then,"
        f" {compared.right_now()} of {total} now.",
        table(columns, rows, caption="First tries, then and now"),
        *map(sentence, _sentences(compared)),
        *notes,
        tone="note" if compared.open_now() else "done",
    )


def _sentences(compared: Gained) -> list[str]:
    total = len(compared.questions)
    if compared.open_now():
        left = "1 question is" if compared.open_now() == 1 else f"{compared.open_now()} are"
        return [f"{left} not answered yet. Answer above, then run this cell again."]
    said = []
    if count := sum(one.gained for one in compared.questions):
        said.append(f"Gained: {count} of {total}.")
    elif compared.right_then() == total == compared.right_now():
        said.append("You knew all of it then. You know it now, and you have done it.")
    said += [
        f"Right then and not now: {one.stem} The explanation under your answer says where the two"
        " differ."
        for one in compared.questions
        if one.lost
    ]
    return said


def _said(answer: Answer | None) -> str:
    if answer is None:
        return "not answered"
    word = "right" if answer.right else "not right"
    return word if answer.sure is None else f"{word}, {'sure' if answer.sure else 'not sure'}"
