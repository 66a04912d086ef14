"""The CSV per learner and the CSV per requirement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from course_lib.classroom.class_marks import ClassMarks, as_number
from course_lib.classroom.roster import COLUMNS, Learner
from course_lib.classroom.spreadsheet import Row, safe_sheet
from course_lib.grading.verdicts import read_verdicts

_REQUIREMENT = (
    *("id", "last_name", "first_name", "lesson", "exercise", "requirement", "title"),
    *("state", "points", "max_points", "why"),
)


def learners_sheet(marks: ClassMarks) -> str:
    """A row a learner: points of each lesson, their total, and what lateness took of each lesson.
    Empty where there is no mark yet."""
    rows = (
        (
            *(getattr(one, name) for name in COLUMNS),
            *(as_number(marks.of(one, lesson)) for lesson in marks.lessons),
            as_number(marks.total(one)),
            *(as_number(marks.penalty(one, lesson)) for lesson in marks.lessons),
        )
        for one in marks.learners
    )
    late = (f"{lesson} late penalty" for lesson in marks.lessons)
    return safe_sheet((*COLUMNS, *marks.lessons, "total", *late), rows)


def requirements_sheet(course: Path, marks: ClassMarks) -> str:
    """A row for each requirement of each exercise that grading judged.

    `state` is passed, failed or not_checked. Where there is no verdict it is `none`, without
    points, and `why` says why.
    """
    rows = (
        (one.id, one.last_name, one.first_name, lesson, *row)
        for lesson in marks.lessons
        for one in marks.learners
        for row in _requirements(course, lesson, one)
    )
    return safe_sheet(_REQUIREMENT, rows)


def _requirements(course: Path, lesson: str, learner: Learner) -> Iterator[Row]:
    work = read_verdicts(course, lesson, learner.id)
    if work.why:
        yield ("", "", "", "none", None, None, work.why)
    for cell in work.cells:
        if cell.verdict is None or cell.why:
            yield (cell.exercise, "", "", "none", None, None, cell.why)
            continue
        for one in cell.verdict.results:
            yield (
                *(cell.exercise, one.id, one.title, one.state),
                *(as_number(one.points), as_number(one.max_points), ""),
            )
