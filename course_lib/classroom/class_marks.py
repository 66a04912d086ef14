"""The marks of a class, learner by lesson, as the gradebook has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nbgrader.api import Gradebook  # type: ignore[import-untyped]

from course_lib.classroom.course_folder import CourseFolder
from course_lib.classroom.marks_kept import read_marks
from course_lib.classroom.roster import COLUMNS, Learner


@dataclass(frozen=True)
class ClassMarks:
    """Points after nbgrader's late penalty. `most` are those that a lesson has.

    `points` has no entry where nothing was handed in or graded, and None where a cell waits for a
    person: neither is a zero. `late` is what the penalty took, where the points are known.
    """

    learners: tuple[Learner, ...]
    most: Mapping[str, float]
    points: Mapping[tuple[str, str], float | None]
    late: Mapping[tuple[str, str], float] = field(default_factory=dict)

    @property
    def lessons(self) -> tuple[str, ...]:
        return tuple(self.most)

    def of(self, learner: Learner, lesson: str) -> float | None:
        """A learner's points of a lesson; None where there is no mark yet."""
        return self.points.get((learner.id, lesson))

    def penalty(self, learner: Learner, lesson: str) -> float | None:
        """What lateness cost a learner in a lesson; None where there is no mark yet."""
        return self.late.get((learner.id, lesson))

    def total(self, learner: Learner) -> float | None:
        """The sum; None where a mark of what was handed in is not known yet, or there is none."""
        found = [self.points[key] for key in self.points if key[0] == learner.id]
        known = [one for one in found if one is not None]
        return sum(known) if known and len(known) == len(found) else None

    def without_mark(self, lesson: str) -> tuple[str, ...]:
        """Who has no mark of a lesson."""
        return tuple(one.id for one in self.learners if self.of(one, lesson) is None)


def released_lessons(course: CourseFolder) -> list[str]:
    """The lessons that the gradebook knows, in their order."""
    with Gradebook(course.database, course.course_id) as gradebook:
        return sorted(str(one.name) for one in gradebook.assignments)


def read_class_marks(course: CourseFolder, lessons: Sequence[str]) -> ClassMarks:
    """The marks of lessons that the gradebook knows. Changes nothing."""
    points: dict[tuple[str, str], float | None] = {}
    late: dict[tuple[str, str], float] = {}
    with Gradebook(course.database, course.course_id) as gradebook:
        learners = tuple(
            Learner(str(one.id), *(getattr(one, name) or "" for name in COLUMNS[1:]))
            for one in sorted(gradebook.students, key=lambda one: str(one.id))
        )
        most = {one: float(gradebook.find_assignment(one).max_score) for one in lessons}
        for lesson in lessons:
            for learner in learners:
                marks = read_marks(gradebook, lesson, learner.id)
                if marks is not None and (marks.automatic or marks.points):
                    points[learner.id, lesson] = marks.points
                    if marks.points is not None:
                        late[learner.id, lesson] = marks.penalty
    return ClassMarks(learners, most, points, late)


def as_number(points: float | None) -> float | int | None:
    """Points as they are written: 3 and not 3.0, and no more than four places."""
    if points is None:
        return None
    rounded = round(points, 4)
    return int(rounded) if rounded == int(rounded) else rounded
