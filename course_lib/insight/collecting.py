"""All that a class's folder holds about the class: gradebook, graded notebooks, records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry  # type: ignore[import-untyped]

from course_lib.classroom.course_folder import CourseFolder
from course_lib.classroom.roster import COLUMNS, STUDENT_ID, Learner
from course_lib.exercises import Verdict
from course_lib.grading.verdicts import GradedWork, read_verdicts
from course_lib.insight.asked import Asked
from course_lib.insight.records import read_records
from course_lib.insight.work import ClassWork, Judged, Mark, Unread, Work

Stubs = dict[str, Verdict]
"""By exercise: the verdict on what was handed out, untouched."""


def handed_in(course: Path, lesson: str) -> list[str]:
    """Who has handed in something for a lesson, by the folders of `submitted/`."""
    found = course.glob(f"submitted/*/{lesson}")
    names = [path.parent.name for path in found if path.is_dir()]
    return sorted(name for name in names if STUDENT_ID.fullmatch(name))


def collect_class(course: CourseFolder, asked: Sequence[Asked], now: datetime) -> ClassWork:
    """Read everything about these lessons. Changes nothing."""
    learners, marks = _from_gradebook(course, [one.name for one in asked])
    works: list[Work] = []
    unread: list[Unread] = []
    known = {learner.id for learner in learners}
    for one in asked:
        for learner in handed_in(course.folder, one.name):
            records = read_records(course.folder, one, learner, now)
            graded = read_verdicts(course.folder, one.name, learner)
            unread += records.unread
            mark = marks.get((one.name, learner))
            works.append(
                Work(
                    learner,
                    one.name,
                    dict(_judged(graded)),
                    records.lines,
                    records.answers,
                    mark,
                )
            )
            known.add(learner)
    listed = {learner.id for learner in learners}
    others = tuple(Learner(name) for name in sorted(known - listed))
    return ClassWork(tuple(asked), (*learners, *others), tuple(works), tuple(unread))


def _judged(graded: GradedWork) -> Iterator[tuple[str, Judged]]:
    for cell in graded.cells:
        verdict = None if cell.why else cell.verdict
        yield cell.exercise, Judged(verdict, written=not cell.unanswered, why=cell.why)


def _from_gradebook(
    course: CourseFolder, lessons: Iterable[str]
) -> tuple[list[Learner], dict[tuple[str, str], Mark]]:
    marks: dict[tuple[str, str], Mark] = {}
    with Gradebook(course.database, course.course_id) as gradebook:
        learners = [
            Learner(str(one.id), *(getattr(one, name) or "" for name in COLUMNS[1:]))
            for one in sorted(gradebook.students, key=lambda one: str(one.id))
        ]
        for lesson in lessons:
            try:
                gradebook.find_assignment(lesson)
            except MissingEntry:
                continue
            for row in gradebook.submission_dicts(lesson):
                mark = Mark(row["score"], row["max_score"], bool(row["needs_manual_grade"]))
                marks[lesson, str(row["student"])] = mark
    return learners, marks
