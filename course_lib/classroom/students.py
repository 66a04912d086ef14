"""The roster's learners in the gradebook. Nobody is ever taken out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nbgrader.api import Gradebook, MissingEntry  # type: ignore[import-untyped]

from course_lib.classroom.course_folder import CourseFolder
from course_lib.classroom.roster import COLUMNS, Learner

_ABOUT = COLUMNS[1:]


@dataclass(frozen=True)
class Entered:
    """The ids of learners that are new in the gradebook, of those about whom something changed,
    and of those that are in the gradebook and not on the roster."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()


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
