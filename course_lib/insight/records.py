"""A learner's records in `submitted/`, read with care: a part of each, no link, no time to come."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from course_lib.grading.plain_file import open_plain
from course_lib.grading.submission import is_inside
from course_lib.insight.asked import Asked
from course_lib.insight.work import Unread
from course_lib.notebook.attempt_record import KeptCheck, KeptHint, parse_attempts
from course_lib.notebook.attempts import ANSWERS, RECORD
from course_lib.quiz import Answer, parse_record, record_path

MOST_BYTES = 4 * 2**20
"""Of one record; a learner who runs a check every minute of a week writes less."""

CLOCKS_DIFFER = timedelta(hours=26)
"""A time later than now by more than this is no time of a check: no zone is further away."""


@dataclass(frozen=True)
class Records:
    """The checks, hints and quiz answers of a learner on a lesson, and what was left aside."""

    lines: tuple[KeptCheck | KeptHint, ...]
    answers: dict[str, tuple[Answer, ...]]
    unread: tuple[Unread, ...]


def read_records(course: Path, asked: Asked, learner: str, now: datetime) -> Records:
    """What lies in `submitted/<learner>/<lesson>/answers/`. Never raises for what lies there."""
    folder = course / "submitted" / learner / asked.name / ANSWERS
    unread: list[Unread] = []

    def content(path: Path) -> bytes:
        found = _content(path, course / "submitted")
        if isinstance(found, bytes):
            return found
        unread.append(Unread(learner, asked.name, path.name, found))
        return b""

    def left_aside(path: Path, count: int) -> None:
        if count:
            lines = "1 line is" if count == 1 else f"{count} lines are"
            unread.append(Unread(learner, asked.name, path.name, f"{lines} no record"))

    path = folder / RECORD
    record = parse_attempts(content(path))
    left_aside(path, record.set_aside)
    answers = {}
    for quiz in asked.quizzes:
        path = record_path(folder, quiz.id)
        found = parse_record(content(path), quiz)
        left_aside(path, len(found.set_aside))
        answers[quiz.id] = tuple(one for one in found.answers if one.at <= now + CLOCKS_DIFFER)
        left_aside(path, len(found.answers) - len(answers[quiz.id]))
    lines = tuple(_without_future(line, now) for line in record.lines)
    return Records(lines, answers, tuple(unread))


def _without_future(line: KeptCheck | KeptHint, now: datetime) -> KeptCheck | KeptHint:
    late = line.at is not None and line.at > now + CLOCKS_DIFFER
    return replace(line, at=None) if late else line


def _content(path: Path, submitted: Path) -> bytes | str:
    """The bytes of a record, or why they are not read; nothing where there is no file."""
    if not os.path.lexists(path):
        return b""
    if not is_inside(path, submitted):
        return "it is a link"
    opened = open_plain(path)
    if isinstance(opened, str):
        return opened
    with opened:
        content = opened.read(MOST_BYTES + 1)
    return content if len(content) <= MOST_BYTES else f"it is larger than {MOST_BYTES >> 20} MB"
