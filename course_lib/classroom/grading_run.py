"""A run of grading: what it has to grade, and its name in the course folder until it is done."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]

from course_lib.classroom.course_folder import CourseFolder
from course_lib.classroom.graded import Submission
from course_lib.grading.lock import OWN_FOLDER, locked
from course_lib.whole_file import unfinished, write_whole

_RUNS = "runs"


@dataclass(frozen=True)
class Run:
    """`students` is empty for everybody; with `anew` all is graded, also what has not changed."""

    name: str
    lessons: tuple[str, ...]
    students: tuple[str, ...] = ()
    anew: bool = False


def new_run(lessons: Sequence[str], students: Sequence[str], anew: bool) -> Run:
    """A run with a name of its own."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}"
    return Run(name, tuple(dict.fromkeys(lessons)), tuple(dict.fromkeys(students)), anew)


def last_unfinished(folder: Path) -> Run | None:
    """The latest run that was stopped before its end; None where there is none."""
    for path in sorted(_runs(folder).glob("*.json"), reverse=True):
        try:
            with locked(path, wait=False):
                return _read(path)
        except (BlockingIOError, FileNotFoundError, ValueError, KeyError, TypeError):
            continue
    return None


@contextlib.contextmanager
def under_way(folder: Path, run: Run) -> Iterator[None]:
    """Keep what the run has to do until the end of the block, where all of it is done."""
    path = _runs(folder) / f"{run.name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, run)
    with locked(path):
        yield
        path.unlink()


def leave_out(folder: Path, student: str) -> None:
    """A run that was stopped goes on without the learner; one that was for them alone does not."""
    whole = list(_runs(folder).glob("*.json"))
    for path in (*whole, *_runs(folder).glob(unfinished(Path("*.json")).name)):
        try:
            run = _read(path)
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if student not in run.students:
            continue
        others = tuple(one for one in run.students if one != student)
        if not others or path not in whole:
            path.unlink()
        else:
            _write(path, replace(run, students=others))


def find_submissions(course: CourseFolder, run: Run) -> tuple[Submission, ...]:
    """What was handed in, and is to be graded by the run, lesson by lesson."""
    places = CourseDirectory(config=course.config)
    left_out = places.student_id_exclude.split(",")
    found = []
    for lesson in run.lessons:
        for path in sorted(course.folder.glob(f"{places.submitted_directory}/*/{lesson}")):
            student = path.parent.name
            is_meant = not run.students or student in run.students
            if is_meant and student not in left_out and not student.startswith("."):
                found.append(Submission(lesson, student))
    return tuple(found)


def _read(path: Path) -> Run:
    data = json.loads(path.read_text(encoding="utf-8"))
    return Run(path.stem, tuple(data["lessons"]), tuple(data["students"]), data["anew"])


def _write(path: Path, run: Run) -> None:
    write_whole(path, json.dumps(asdict(run)))


def _runs(folder: Path) -> Path:
    return folder / OWN_FOLDER / _RUNS
