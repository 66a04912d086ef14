"""One line of a record: an answer as JSON, and what of a line can be believed when it is read.

Format 1 had `option`, for questions with one choice. Format 2 has `given`, a list of texts; the
`meaning` of the question then; and, for questions that run SQL, the verdict's `note` and what it
was that `came`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from course_lib.quiz.answer import Answer, Came, Given, Judged
from course_lib.quiz.kinds.question import Question
from course_lib.quiz.model import Quiz

FORMAT = 2
"""The format of a line, in its first key."""

READ_TOO = (1, FORMAT)
"""The formats that are read."""

CAME_BACK = "/"
"""Between the quiz and the question in the name of one that came back; no name of a question of
the quiz's own has it."""

NO_FIT = "has a value that does not fit"
MOST_SECONDS = 24 * 3600
MOST_CELLS = 200


def answer_line(quiz: Quiz, answer: Answer) -> dict[str, object]:
    """An answer as it stands in the record."""
    question = quiz.question(answer.question)
    line: dict[str, object] = {
        "format": FORMAT,
        "quiz": quiz.id,
        "question": answer.question,
        "given": list(answer.given),
        "right": answer.right,
        "try": answer.try_number,
        "at": answer.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "meaning": question.meaning() if question else "",
    }
    if answer.sure is not None:
        line["sure"] = answer.sure
    if answer.seconds is not None:
        line["seconds"] = answer.seconds
    if question is not None and question.runs:
        line["note"] = answer.judged.note
        came = answer.judged.came
        if came is not None:
            line["came"] = [came.sentence, list(came.columns), [list(row) for row in came.rows]]
    return line


def read_line(line: bytes, quiz: Quiz) -> Answer | str | None:
    """The answer in a line, or why it is none. What stands in it is believed only as far as the
    quiz bears it out, since anybody may have written it. None for an answer to a question that
    came back from an earlier lesson and is not asked here."""
    try:
        raw = json.loads(line)
        json.dumps(raw, ensure_ascii=False).encode()  # half a surrogate could not be shown
    except (ValueError, RecursionError):
        return "is not complete JSON"
    if not isinstance(raw, dict) or raw.get("format") not in READ_TOO:
        return f"is not of format {' or '.join(map(str, READ_TOO))}"
    if raw.get("quiz") != quiz.id:
        return "belongs to another quiz"
    name = str(raw.get("question"))
    question = quiz.question(name)
    if question is None and CAME_BACK in name:
        return None
    given = _given(raw)
    if question is None or given is None or not question.accepts(given):
        return "names an option that the quiz does not have"
    if raw["format"] == FORMAT and raw.get("meaning") not in (question.meaning(), *question.was):
        return "answers a question that has been changed since"
    at, judged = _time(raw.get("at")), _judged(question, given, raw)
    number: Any = raw.get("try")
    sure, seconds = raw.get("sure"), raw.get("seconds")
    if (
        at is None
        or judged is None
        or not _whole(number, 1, 10**9)
        or not (sure is None or isinstance(sure, bool))
        or not (seconds is None or _whole(seconds, 0, MOST_SECONDS))
    ):
        return NO_FIT
    return Answer(question.id, given, judged, number, at, sure, seconds)


def _given(raw: dict[str, Any]) -> Given | None:
    if raw["format"] == 1:
        return (str(raw.get("option")),)
    given = raw.get("given")
    return tuple(given) if isinstance(given, list) and _are_texts(given) else None


def _judged(question: Question, given: Given, raw: dict[str, Any]) -> Judged | None:
    """The verdict: made again, or read where that would mean to run something."""
    if not question.runs:
        judged = question.judge(given)
        return judged if raw.get("right") is judged.right else None
    note, right = raw.get("note"), raw.get("right")
    if not isinstance(note, str) or question.note(note) is None or not isinstance(right, bool):
        return None
    return Judged(right, note, _came(raw.get("came")))


def _came(raw: Any) -> Came | None:
    if not (isinstance(raw, list) and len(raw) == 3 and isinstance(raw[0], str)):
        return None
    sentence, columns, rows = raw
    if not (isinstance(columns, list) and _are_texts(columns) and isinstance(rows, list)):
        return None
    if not all(isinstance(row, list) and _are_texts(row) for row in rows):
        return None
    if len(sentence) > 1000 or sum(map(len, rows)) > MOST_CELLS or len(columns) > MOST_CELLS:
        return None
    if any(len(cell) > 200 for row in [columns, *rows] for cell in row):
        return None
    return Came(sentence, tuple(columns), tuple(map(tuple, rows)))


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _time(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
        return at.astimezone(UTC) if at is not None and at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
