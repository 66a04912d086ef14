"""A class of the shortest lesson, with submissions of every sort, graded by real processes."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from nbgrader.api import Gradebook

from course_lib.cli import main
from course_lib.exercises import check_answer, load_spec
from tests.grading.class_folder import ROOT, ClassFolder, open_class
from tests.grading.submissions import answer, edit_notebook

LESSON = "00-start-here"
CHECK = "add-fragile"
SPEC = load_spec(ROOT / "lessons" / LESSON / "exercises" / f"{CHECK}.toml")
RIGHT = SPEC.solutions[0].answer
WRONG = SPEC.wrong_answers[0].answer


@contextmanager
def open_short_class(base: Path, *more_configuration: str) -> Iterator[ClassFolder]:
    """A class whose one lesson is the shortest; the lines end its nbgrader_config.py."""
    with open_class(base, *more_configuration, lesson=LESSON) as course:
        yield ClassFolder(course.folder, course.terminal, LESSON, CHECK)


@contextmanager
def half_right(course: ClassFolder, students: Sequence[str]) -> Iterator[ClassFolder]:
    """In the block, each of these handed in, every other one what is right; then nobody did."""
    before = (course.folder / "gradebook.db").read_bytes()
    for number, student in enumerate(students):
        hand_in(course, student, RIGHT if number % 2 else WRONG)
    yield course
    for process in workers_of(course):
        kill(process)
    for name in ("submitted", "autograded", ".grading"):
        shutil.rmtree(course.folder / name, ignore_errors=True)
    (course.folder / "gradebook.db").write_bytes(before)


def half_right_points(course: ClassFolder, students: Sequence[str]) -> dict[str, float | None]:
    """What these get then, found without a notebook."""
    right, wrong = points_of(course, RIGHT), points_of(course, WRONG)
    return {student: right if n % 2 else wrong for n, student in enumerate(students)}


def hand_in(course: ClassFolder, student: str, text: str) -> Path:
    """Hand in this answer, in the place of an earlier one; gives the notebook's path."""
    shutil.rmtree(course.handed_in(student), ignore_errors=True)
    path = course.submit(student)
    edit_notebook(path, answer(text, f"{CHECK}-answer"))
    return path


def points_of(course: ClassFolder, text: str) -> float:
    """What the answer gets, found without a notebook."""
    return check_answer(SPEC, text, secret=course.secret).points


def grade(course: ClassFolder, *options: str, code: int = 0) -> dict[str, Any]:
    """`updown class grade` of the lesson with one worker, to its end; what it said as JSON."""
    said = updown_grade(course, LESSON, "--json", "--jobs", "1", *options, code=code)
    told: dict[str, Any] = json.loads(said)
    return told


def updown_grade(course: ClassFolder, *arguments: str, code: int = 0) -> str:
    """`updown class grade` in this process, its workers in their own; what it said."""
    return run_command(course, "grade", *arguments, code=code)


def run_command(course: ClassFolder, *arguments: str, code: int = 0) -> str:
    """A command of `updown class` in the class's folder and in this process; what it said."""
    said = io.StringIO()
    with (
        mock.patch.dict(os.environ),
        contextlib.chdir(course.folder),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
    ):
        try:
            ended = main(["class", *arguments])
        except SystemExit as end:  # argparse's own way out
            ended = int(end.code or 0)
    assert ended == code, said.getvalue()
    return said.getvalue()


def start_grading(course: ClassFolder, *options: str) -> subprocess.Popen[str]:
    """`updown class grade` in a process of its own, with its words to be read."""
    command = [sys.executable, "-m", "course_lib.cli", "class", "grade", LESSON, *options]
    return subprocess.Popen(
        command,
        cwd=course.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def workers_of(course: ClassFolder) -> list[int]:
    """The processes that grade in this class, whoever started them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"course_lib.classroom.grading_worker" in words and (
            os.fsencode(course.folder) in words
        ):
            found.append(int(path.parent.name))
    return found


def wait_until(what: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for something that is sure to come."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def kill(process: int) -> None:
    """kill -9, of a process that may be gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def graded_students(course: ClassFolder) -> set[str]:
    """Who has a graded folder with a stamp."""
    stamps = course.folder.glob(f"autograded/*/{LESSON}/.updown-graded.json")
    return {path.parents[1].name for path in stamps}


@contextmanager
def gradebook_of(course: ClassFolder) -> Iterator[Gradebook]:
    """nbgrader's own gradebook."""
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "up-and-down") as gradebook:
        yield gradebook


def automatic_points(course: ClassFolder) -> dict[str, float | None]:
    """The check's automatic points of everybody whom the gradebook has a submission of."""
    with gradebook_of(course) as gradebook:
        return {
            submission.student.id: grade.auto_score
            for submission in gradebook.assignment_submissions(LESSON)
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.name == CHECK
        }
