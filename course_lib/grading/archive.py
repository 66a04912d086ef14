"""A learner's zip, put where nbgrader looks for submitted work."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from course_lib.notebook.errors import LessonError
from course_lib.notebook.unpack import NO_SUCH_LESSON, Unpacked, unpack_into

STUDENT_ID = re.compile(r"[A-Za-z0-9][\w.@-]{0,99}")
"""The ids of learners that can be a folder's name."""


@dataclass(frozen=True)
class Taken:
    """What came of a learner's zip. `work` says it of the lessons that were released; the other
    lessons in it are `not_released`."""

    student: str
    work: Unpacked
    not_released: tuple[str, ...]

    def __str__(self) -> str:
        files = "1 file" if len(self.work.taken) == 1 else f"{len(self.work.taken)} files"
        lines = [f"{self.student}: {files} taken, {len(self.work.same)} were there already."]
        lines += self.work.told_besides()
        if self.not_released:
            lessons = ", ".join(self.not_released)
            lines.append(f"Left out, since these lessons were not released: {lessons}.")
        return "\n".join(lines)


def take_archive(course: Path, student: str, zip_path: Path) -> Taken:
    """Unpack the zip into `submitted/<student>/` of a course folder.

    Only work on lessons that were released is taken, under the names that `updown pack` writes;
    links, `..`, other files and more than fits into memory are refused, each with a reason. What
    was there before is kept in the lesson's `earlier/`. Raises LessonError.
    """
    lessons = sorted(path.name for path in course.glob("release/*") if path.is_dir())
    if not lessons:
        raise LessonError(
            f"{course} has no released lesson, so nothing was taken. Run this in the class's"
            " folder, after `updown class release`."
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
        unpacked = unpack_into(zip_path, target)
    finally:
        for folder in (*(target / lesson for lesson in lessons), target):
            with contextlib.suppress(OSError):  # it holds work
                folder.rmdir()
    further = {name.split("/")[0] for name, why in unpacked.refused if why == NO_SUCH_LESSON}
    refused = tuple(one for one in unpacked.refused if one[1] != NO_SUCH_LESSON)
    return Taken(student, replace(unpacked, refused=refused), tuple(sorted(further)))
