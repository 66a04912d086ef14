"""A file that Canvas or Moodle gave, filled in with marks: its ids and columns stay as they are."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from course_lib.classroom.class_marks import ClassMarks, as_number
from course_lib.classroom.export_lms import CANVAS_LEARNER, CANVAS_POINTS
from course_lib.classroom.lms_names import Sent, find_learner
from course_lib.classroom.roster import Learner
from course_lib.classroom.spreadsheet import plain_sheet

_ASSIGNMENT = re.compile(r"(?P<title>.*?)(?: \(\d+\))?", re.S)
_WORKSHEET = ("Identifier", "Grade", "Last modified (grade)")


class TemplateError(Exception):
    """A template cannot be filled in. One sentence without its full stop, and the next step."""

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what)
        self.what, self.next_step = what, next_step


@dataclass(frozen=True)
class Filled:
    """The text of the file, how many marks were written, and the rows that mean nobody."""

    text: str
    written: int
    unknown: tuple[str, ...]


def fill_canvas(template: Path, marks: ClassMarks) -> Filled:
    """Fill in a gradebook file that Canvas exported. Raises TemplateError.

    A lesson's column is the one of its name. A cell stays where there is no mark: an empty
    one would take the mark away that Canvas has.
    """
    rows = _read(template)
    header = rows[0]
    if tuple(header[:2]) != CANVAS_LEARNER[:2] or "Section" not in header:
        what = "its first row is not that of a gradebook file from Canvas"
        raise TemplateError(what, "export the gradebook in Canvas, and name that file")
    columns = {
        _ASSIGNMENT.fullmatch(cell)["title"]: place  # type: ignore[index]
        for place, cell in enumerate(header)
    }
    lacking = [lesson for lesson in marks.lessons if lesson not in columns]
    if lacking:
        what = f"it has no column for {', '.join(lacking)}"
        step = "make an assignment of that name in Canvas and export again, or name other lessons"
        raise TemplateError(what, step)
    for row in rows[1:]:
        if row and CANVAS_POINTS in row[0]:
            for lesson in marks.lessons:
                _compare(row[columns[lesson]], marks.most[lesson], lesson)
    places = {name: header.index(name) for name in CANVAS_LEARNER if name in header}
    written, unknown = 0, []
    for row in rows[1:]:
        number = row[places["ID"]].strip() if len(row) == len(header) else ""
        if not number:  # points, and what is posted by hand
            continue
        who = row[places["SIS Login ID"]] if "SIS Login ID" in places else ""
        learner = _find(marks, number, who, row[0])
        if learner is None:
            unknown.append(row[0])
            continue
        for lesson in marks.lessons:
            written += _put(row, columns[lesson], marks.of(learner, lesson))
    return Filled(plain_sheet(rows), written, tuple(unknown))


def fill_worksheet(template: Path, marks: ClassMarks) -> Filled:
    """Fill in an grading worksheet of Moodle, which is one lesson's. Raises TemplateError."""
    rows = _read(template)
    header = rows[0]
    if any(name not in header for name in _WORKSHEET):
        what = f"it lacks one of the columns {', '.join(_WORKSHEET)}"
        step = "download the grading worksheet with Moodle in English, and name that file"
        raise TemplateError(what, step)
    if len(marks.lessons) != 1:
        what = "a grading worksheet is one lesson's"
        raise TemplateError(what, "name the lesson, and no other")
    (lesson,) = marks.lessons
    written, unknown = 0, []
    for row in rows[1:]:
        cells = dict(zip(header, row, strict=False))
        if len(row) != len(header):
            continue
        if "Maximum Grade" in cells:
            _compare(cells["Maximum Grade"], marks.most[lesson], lesson)
        number = re.sub(r"\D", "", cells["Identifier"])
        learner = _by_email(marks, cells.get("Email address", "")) or _find(
            marks, number, "", cells.get("Full name", "")
        )
        if learner is None:
            unknown.append(cells["Identifier"])
            continue
        written += _put(row, header.index("Grade"), marks.of(learner, lesson))
    return Filled(plain_sheet(rows), written, tuple(unknown))


def _read(template: Path) -> list[list[str]]:
    try:
        text = template.read_text(encoding="utf-8-sig")
        found = list(csv.reader(text.splitlines(keepends=True), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise TemplateError(f"it is no CSV in UTF-8: {error}", "export it again") from None
    if not found or not found[0]:
        raise TemplateError("it is empty", "export it again")
    return found


def _put(row: list[str], place: int, points: float | None) -> int:
    if points is None:
        return 0
    row[place] = str(as_number(points))
    return 1


def _compare(cell: str, most: float, lesson: str) -> None:
    """See that both mean the same by a point."""
    try:
        there = float(cell.strip().replace(",", "."))
    except ValueError:
        return
    if there != most:
        what = f"{lesson} has {as_number(most)} points here and {as_number(there)} there"
        step = f"set the assignment to {as_number(most)} points there, and export again"
        raise TemplateError(what, step)


def _find(marks: ClassMarks, number: str, login: str, name: str) -> Learner | None:
    last, comma, first = name.partition(",")
    names = (login, f"{first} {last}" if comma else name)
    tries: Iterable[Sent] = (Sent(who, number, "") for who in names)
    found: Sequence[Learner] = [
        one for sent in tries if (one := find_learner(sent, marks.learners)) is not None
    ]
    return found[0] if found else None


def _by_email(marks: ClassMarks, email: str) -> Learner | None:
    found = [one for one in marks.learners if email and one.email.casefold() == email.casefold()]
    return found[0] if len(found) == 1 else None
