"""What came in through nbgrader's exchange, collected by nbgrader's own step."""

from __future__ import annotations

from pathlib import Path

from nbgrader.utils import parse_utc  # type: ignore[import-untyped]

from course_lib.classroom.collected import Collected, tell_what_lacks
from course_lib.classroom.course_folder import CourseFolder
from course_lib.classroom.nbgrader_api import StepError, do_step, open_api
from course_lib.classroom.students import Assignment

_LEFT_OUT = " was left out: "


class CollectError(Exception):
    """nbgrader did not collect. The text is what it said."""


def collect_exchange(course: CourseFolder, lesson: str, assignment: Assignment) -> Collected:
    """Take what is newer in the exchange than in `submitted/`. Raises CollectError.

    Who is in no roster is taken too, as nbgrader does.
    """
    told = Collected()
    before = _times(course.folder, lesson)
    try:
        said = do_step(open_api(course).collect, lesson, update=True)
    except StepError as error:
        raise CollectError(str(error)) from None
    for student, time in _times(course.folder, lesson).items():
        (told.same if before.get(student) == time else told.taken).append(student)
    for line in said.splitlines():
        what, found, why = line.partition(_LEFT_OUT)
        if found:
            told.left_out.append((what.partition("] ")[2] or what, why))
    tell_what_lacks(course.folder, lesson, assignment.learners, told)
    return told


def tell_who_is_late(folder: Path, lesson: str, assignment: Assignment, told: Collected) -> None:
    """Add those whose timestamp.txt is after their due date; nbgrader's penalties count the
    same."""
    for student, time in _times(folder, lesson).items():
        try:
            when = parse_utc(time) if time else None
        except (ValueError, OverflowError):
            continue
        due = assignment.due_of(student)
        if due is not None and when is not None and when > due and student not in told.late:
            told.late.append(student)


def _times(folder: Path, lesson: str) -> dict[str, str]:
    """The text of each submission's timestamp.txt by learner; empty where there is none."""
    found = {}
    for place in sorted(folder.glob(f"submitted/*/{lesson}")):
        path = place / "timestamp.txt"
        known = path.is_file() and not path.is_symlink() and path.stat().st_size < 1000
        text = path.read_text(encoding="utf-8", errors="replace").strip() if known else ""
        found[place.parent.name] = text
    return found
