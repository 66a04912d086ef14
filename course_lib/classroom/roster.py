"""`roster.csv`: who is in the class, in the columns of `nbgrader db student import`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib.migrations import Problem

ROSTER = "roster.csv"
COLUMNS = ("id", "last_name", "first_name", "email", "lms_user_id")
EMPTY = ",".join(COLUMNS) + "\n"
STUDENT_ID = re.compile(r"[A-Za-z0-9][\w.@-]{0,99}")
"""The ids of learners that can be a folder's name."""

LONGEST = 128
"""Characters of a value; the gradebook holds no more."""


@dataclass(frozen=True)
class Learner:
    """A line of the roster. Empty texts are unknown; `lms_user_id` is the LMS's own id of them."""

    id: str
    last_name: str = ""
    first_name: str = ""
    email: str = ""
    lms_user_id: str = ""


@dataclass(frozen=True)
class Roster:
    """The learners in the order of the file. With problems, nothing of it may be used."""

    learners: tuple[Learner, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def read_roster(path: Path) -> Roster:
    """Read a roster; a wrong line is a problem with its number. A file that is missing is empty.

    Other columns than `COLUMNS` are passed over. A column may be missing, except `id`.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Roster()
    except UnicodeDecodeError as error:
        what = f"the text is not UTF-8 (byte {error.start})"
        return Roster(problems=(Problem("roster", str(path), what, "save it as CSV in UTF-8"),))
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        names = rows.fieldnames or ()
        if "id" not in names:
            what, step = _why_no_id(names)
            return Roster(problems=(Problem("roster", f"{path}, line 1", what, step),))
        read = []
        for row in rows:
            problem = _too_many(path, rows.line_num, row, len(names))
            if problem is not None:
                return Roster(problems=(problem,))
            read.append((rows.line_num, _learner(row)))
    except csv.Error as error:
        step = "mend that line, or save the file as CSV again"
        place = f"{path}, line {rows.reader.line_num}"
        return Roster(problems=(Problem("roster", place, f"it is no CSV: {error}", step),))
    problems = tuple(_find_problems(path, read))
    return Roster((), problems) if problems else Roster(tuple(one for _, one in read))


def _why_no_id(names: Sequence[str]) -> tuple[str, str]:
    if "id" in ";".join(names).split(";"):
        # So spreadsheets save CSV where a comma stands in numbers.
        return "its values stand between semicolons", "save it with commas between them"
    step = f"begin the file with the line {','.join(COLUMNS)}"
    return "the first line names no column id", step


def _too_many(
    path: Path, line: int, row: Mapping[str | Any, str | Any], columns: int
) -> Problem | None:
    """Why a line holds more than its columns: a name with a comma would move all that follows."""
    further = row.get(None) or []
    if not any(text.strip() for text in further):
        return None
    what = f"it has {columns + len(further)} values, and the first line names {columns} columns"
    step = 'put a value with a comma into quotes, such as "Davis, Jr."'
    return Problem("roster", f"{path}, line {line}", what, step)


def _learner(row: Mapping[str | Any, str | Any]) -> Learner:
    return Learner(**{name: (row.get(name) or "").strip() for name in COLUMNS})


def _find_problems(path: Path, read: list[tuple[int, Learner]]) -> list[Problem]:
    found: list[Problem] = []
    ids: dict[str, int] = {}
    lms: dict[str, int] = {}
    for line, learner in read:
        what, step = _what_is_wrong(learner)
        # Folders are named for the ids, and not every system tells ADA from ada.
        twin = ids.setdefault(learner.id.casefold(), line)
        other = lms.setdefault(learner.lms_user_id, line) if learner.lms_user_id else line
        if not what and twin != line:
            what, step = f"the id {learner.id} is on line {twin} too", "give each learner one line"
        elif not what and other != line:
            what = f"the LMS id {learner.lms_user_id} is on line {other} too"
            step = "give each learner their own"
        if what:
            found.append(Problem("roster", f"{path}, line {line}", what, step))
    return found


def _what_is_wrong(learner: Learner) -> tuple[str, str]:
    if not STUDENT_ID.fullmatch(learner.id):
        return (
            f"{learner.id!r} is no id for a folder's name",
            "use letters, digits, - . _ and @, at most 100",
        )
    if any(len(getattr(learner, name)) > LONGEST for name in COLUMNS):
        return f"a value is longer than {LONGEST} characters", "shorten it"
    return "", ""
