"""A file that Canvas or Moodle gave, filled in with marks: its ids and columns stay as they are."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course_lib.classroom.class_marks import ClassMarks, as_number
from course_lib.classroom.export_lms import CANVAS_LEARNER, CANVAS_POINTS
from course_lib.classroom.lms_names import Sent, find_learner
from course_lib.classroom.roster import Learner
from course_lib.classroom.spreadsheet import plain_sheet

_ASSIGNMENT = re.compile(r"(?P<title>.*?)(?: \(\d+\))?", re.S)
_WORKSHEET = ("Identifier", "Grade", "Last modified (grade)")
_LAST_AND_FIRST = ("LastName", "FirstName", "ID")
"""The first columns of a Canvas that exports the names in two of them."""


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
    one would take the mark away that Canvas has. The file keeps its separator, which is a
    semicolon where its user chose that, and loses a byte-order mark: with it, Canvas would not know
    its own column LastName again.
    """
    separator = _separator(template)
    rows = _read(template, separator)
    header = rows[0]
    in_two = tuple(header[:3]) == _LAST_AND_FIRST
    if not (in_two or tuple(header[:2]) == CANVAS_LEARNER[:2]) or "Section" not in header:
        what = "its first row is not that of a gradebook file from Canvas"
        raise TemplateError(what, "export the gradebook in Canvas, and name that file")
    titles = [_ASSIGNMENT.fullmatch(cell)["title"] for cell in header]  # type: ignore[index]
    lacking = [lesson for lesson in marks.lessons if lesson not in titles]
    if lacking:
        what = f"it has no column for {', '.join(lacking)}"
        step = "make an assignment of that name in Canvas and export again, or name other lessons"
        raise TemplateError(what, step)
    for lesson in marks.lessons:
        if titles.count(lesson) > 1:
            what = f"it has {titles.count(lesson)} columns for {lesson}"
            raise TemplateError(what, "give the others another name in Canvas, and export again")
    columns = {lesson: titles.index(lesson) for lesson in marks.lessons}
    for row in rows[1:]:
        if CANVAS_POINTS in row[0]:
            for lesson in marks.lessons:
                _compare(row[columns[lesson]], marks.most[lesson], lesson)
    places = {name: header.index(name) for name in CANVAS_LEARNER if name in header}
    meant = []
    for row in rows[1:]:
        number = row[places["ID"]].strip()
        if not number:  # points, and what is posted by hand
            continue
        login = row[places["SIS Login ID"]] if "SIS Login ID" in places else ""
        shown = f"{row[0]}, {row[1]}" if in_two else row[0]
        last, comma, first = shown.partition(",")
        name = f"{first} {last}" if comma else shown
        tries = (find_learner(Sent(who, number, ""), marks.learners) for who in (login, name))
        meant.append((row, shown, next((one for one in tries if one is not None), None)))
    return _fill(rows, meant, marks, columns, separator)


def fill_worksheet(template: Path, marks: ClassMarks) -> Filled:
    """Fill in a grading worksheet of Moodle, which is one lesson's. Raises TemplateError.

    A learner is found by address, else by name: the number is this assignment's alone.
    """
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
    meant = []
    for row in rows[1:]:
        cells = dict(zip(header, row, strict=True))
        if "Maximum Grade" in cells:
            _compare(cells["Maximum Grade"], marks.most[lesson], lesson)
        number = re.sub(r"\D", "", cells["Identifier"])
        sent = Sent(cells.get("Full name", ""), number, "", of_assignment=True)
        learner = _by_email(marks, cells.get("Email address", ""))
        learner = learner or find_learner(sent, marks.learners)
        meant.append((row, cells["Identifier"], learner))
    return _fill(rows, meant, marks, {lesson: header.index("Grade")})


def _fill(
    rows: list[list[str]],
    meant: Sequence[tuple[list[str], str, Learner | None]],
    marks: ClassMarks,
    columns: dict[str, int],
    separator: str = ",",
) -> Filled:
    """Put the marks into the rows. Where two rows mean one learner, neither is filled in."""
    claims = Counter(learner for _, _, learner in meant)
    written, unknown = 0, []
    for row, name, learner in meant:
        if learner is None or claims[learner] > 1:
            unknown.append(name)
            continue
        for lesson, place in columns.items():
            written += _put(row, place, marks.of(learner, lesson))
    return Filled(plain_sheet(rows, separator), written, tuple(unknown))


def _separator(template: Path) -> str:
    """Canvas separates with semicolons where its user chose that, or has a language whose numbers
    have a comma."""
    first = template.read_bytes().decode("utf-8-sig", errors="replace").partition("\n")[0]
    return ";" if re.match(r'"?(?:Student|LastName)"?;', first) else ","


def _read(template: Path, separator: str = ",") -> list[list[str]]:
    try:
        text = template.read_bytes().decode("utf-8-sig")
        # Not splitlines(): a line separator inside a cell is no end of a row.
        read = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
        found = [(read.line_num, row) for row in read if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise TemplateError(f"it is no CSV in UTF-8: {error}", "export it again") from None
    if not found:
        raise TemplateError("it is empty", "export it again")
    width = len(found[0][1])
    for line, row in found:
        if len(row) != width:
            what = f"line {line} has {len(row)} cells, and the first line {width}"
            raise TemplateError(what, "export it again")
    return [row for _, row in found]


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


def _by_email(marks: ClassMarks, email: str) -> Learner | None:
    found = [one for one in marks.learners if email and one.email.casefold() == email.casefold()]
    return found[0] if len(found) == 1 else None
