"""A learner's zip, put where nbgrader looks for submitted work."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from course_lib.notebook.errors import LessonError
from course_lib.notebook.unpack import Unpacked, unpack_into

STUDENT_ID = re.compile(r"[A-Za-z0-9][\w.@-]{0,99}")
"""The ids of learners that can be a folder's name."""


def take_archive(course: Path, student: str, zip_path: Path) -> Unpacked:
    """Unpack the zip into `submitted/<student>/` of a course folder.

    Only work on lessons that were released is taken, under the names that `updown pack` writes;
    links, `..`, other files and more than fits into memory are refused, each with a reason. What
    was there before is kept in the lesson's `earlier/`. Raises LessonError.
    """
    lessons = sorted(path.name for path in course.glob("release/*") if path.is_dir())
    if not lessons:
        raise LessonError(
            f"{course} has no released lesson, so nothing was taken. Run this in the course folder,"
            " after `nbgrader generate_assignment`."
        )
    if not STUDENT_ID.fullmatch(student):
        raise LessonError(
            f"{student!r} is no name for a folder, so nothing was taken. Use letters, digits, - . _"
            " and @."
        )
    target = course / "submitted" / student
    for lesson in lessons:
        (target / lesson).mkdir(parents=True, exist_ok=True)
    try:
        return unpack_into(zip_path, target)
    finally:
        for folder in (*(target / lesson for lesson in lessons), target):
            with contextlib.suppress(OSError):  # it holds work
                folder.rmdir()
