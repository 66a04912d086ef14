"""The roster's learners in the gradebook. Nobody is ever taken out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from nbgrader.api import Gradebook, MissingEntry  # type: ignore[import-untyped]

from course_lib.classroom.course_folder import CourseFolder
from course_lib.classroom.roster import COLUMNS, Learner
from course_lib.grading.extensions import read_extensions

_ABOUT = COLUMNS[1:]


@dataclass(frozen=True)
class Entered:
    """The ids of learners that are new in the gradebook, of those about whom something changed,
    and of those that are in the gradebook and not on the roster."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assignment:
    """What the gradebook knows of a lesson: everybody in the class, and until when they hand in
    (UTC without a zone, as nbgrader keeps it; None for any time). `extended` is how much longer
    some have, by learner."""

    learners: tuple[Learner, ...]
    due: datetime | None
    extended: Mapping[str, timedelta]

    def due_of(self, learner: str) -> datetime | None:
        """Until when this learner hands in; None for any time."""
        return None if self.due is None else self.due + self.extended.get(learner, timedelta())


def find_assignment(course: CourseFolder, lesson: str) -> Assignment | None:
    """The class and the due date of a lesson; None where it was not generated yet. Raises
    ExtensionsError."""
    with Gradebook(course.database, course.course_id) as gradebook:
        try:
            found = gradebook.find_assignment(lesson)
        except MissingEntry:
            return None
        learners = tuple(
            Learner(one.id, *(getattr(one, name) or "" for name in _ABOUT))
            for one in sorted(gradebook.students, key=lambda one: str(one.id))
        )
        extended = {
            submission.student.id: submission.extension
            for submission in found.submissions
            if submission.extension is not None
        }
        for (of, learner), more in read_extensions(course.folder).items():
            if of == lesson:
                extended[learner] = more
        return Assignment(learners, found.duedate, extended)


def enter_students(course: CourseFolder, learners: Iterable[Learner]) -> Entered:
    """Add and update the learners; makes the gradebook where there is none.

    What the roster leaves empty stays as the gradebook has it.
    """
    added: list[str] = []
    changed: list[str] = []
    with Gradebook(course.database, course.course_id) as gradebook:
        known = {student.id for student in gradebook.students}
        for learner in learners:
            about = {name: value for name in _ABOUT if (value := getattr(learner, name))}
            try:
                student = gradebook.find_student(learner.id)
            except MissingEntry:
                gradebook.add_student(learner.id, **about)
                added.append(learner.id)
                continue
            if any(getattr(student, name) != value for name, value in about.items()):
                gradebook.update_or_create_student(learner.id, **about)
                changed.append(learner.id)
            known.discard(learner.id)
    return Entered(tuple(added), tuple(changed), tuple(sorted(known)))
