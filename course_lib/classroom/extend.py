"""More time for a learner: written down for work that is still to come, and into the gradebook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from nbgrader.api import Gradebook, MissingEntry  # type: ignore[import-untyped]

from course_lib.classroom.course_folder import CourseFolder
from course_lib.grading.extensions import read_extensions, write_extensions


def extend(course: CourseFolder, lesson: str, learners: Iterable[str], more: timedelta) -> None:
    """Give these learners so much more time for a lesson, in the place of what they had; none
    takes it back. Raises ExtensionsError where `extensions.csv` cannot be read.

    Work that is graded already is graded again by the next run.
    """
    extensions = read_extensions(course.folder)
    learners = list(learners)
    for learner in learners:
        extensions.pop((lesson, learner), None)
        if more:
            extensions[lesson, learner] = more
    write_extensions(course.folder, extensions)
    with Gradebook(course.database, course.course_id) as gradebook:
        for learner in learners:
            try:
                gradebook.grant_extension(lesson, learner, minutes=more.total_seconds() / 60)
            except MissingEntry:  # nothing came yet; grading will do it
                continue


def set_due(course: CourseFolder, lesson: str, due: datetime) -> None:
    """Until when a lesson that was generated is handed in. `due` has a zone."""
    with Gradebook(course.database, course.course_id) as gradebook:
        utc = due.astimezone(UTC).replace(tzinfo=None)
        gradebook.update_or_create_assignment(lesson, duedate=utc)
