"""Marks in the shapes that Canvas and Moodle import."""

from __future__ import annotations

from course_lib.classroom.class_marks import ClassMarks, as_number
from course_lib.classroom.spreadsheet import plain_sheet, safe_cell, safe_sheet

CANVAS_LEARNER = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
CANVAS_POINTS = "Points Possible"


def canvas_sheet(marks: ClassMarks) -> str:
    """A gradebook file for Canvas, which finds a learner by `ID`, else by login, else by name.

    `ID` is the roster's `lms_user_id`, `SIS Login ID` its `id`. A lesson that Canvas has no
    assignment of this name for becomes a new one there.
    """
    rows: list[list[object]] = [
        [*CANVAS_LEARNER, *marks.lessons],
        [f"    {CANVAS_POINTS}", *[""] * 4, *map(as_number, marks.most.values())],
    ]
    for one in marks.learners:
        name = f"{one.last_name}, {one.first_name}".strip(", ")
        points = (as_number(marks.of(one, lesson)) for lesson in marks.lessons)
        # The ids have to stay as they are: by them Canvas finds the learner.
        rows.append([safe_cell(name), one.lms_user_id, "", one.id, "", *points])
    return plain_sheet(rows)


def moodle_sheet(marks: ClassMarks) -> str:
    """A file for Moodle's grade import, where one maps a column to the learner.

    `Username` is the roster's `id`.
    """
    rows = (
        (
            *(one.id, one.email, one.first_name, one.last_name),
            *(as_number(marks.of(one, lesson)) for lesson in marks.lessons),
        )
        for one in marks.learners
    )
    return safe_sheet(("Username", "Email address", "First name", "Surname", *marks.lessons), rows)
