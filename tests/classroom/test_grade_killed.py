"""Grading that is killed, interrupted, or done twice at once: nothing is lost, nothing is stuck."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator

import pytest

from course_lib.classroom.worker_pool import TRIES
from course_lib.grading.configuration import STAMP
from tests.classroom.graded_class import (
    LESSON,
    RIGHT,
    automatic_points,
    grade,
    graded_students,
    half_right,
    half_right_points,
    hand_in,
    kill,
    open_short_class,
    start_grading,
    updown_grade,
    wait_until,
    workers_of,
)
from tests.grading.class_folder import ClassFolder

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(900),
]

STUDENTS = tuple(f"s{number}" for number in range(6))
BOMB = """
import os, signal
from nbgrader.preprocessors import NbGraderPreprocessor

class Bomb(NbGraderPreprocessor):
    def preprocess(self, nb, resources):
        if resources["nbgrader"]["student"] == "bomb":
            os.kill(os.getpid(), signal.SIGKILL)
        return nb, resources

get_config().Autograde.sanitize_preprocessors.insert(0, Bomb)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassFolder]:
    with open_short_class(tmp_path_factory.mktemp("killed"), BOMB) as course:
        yield course


@pytest.fixture
def course(made: ClassFolder) -> Iterator[ClassFolder]:
    """The class with six submissions, every other one right."""
    with half_right(made, STUDENTS) as course:
        yield course


def truth(course: ClassFolder) -> dict[str, float | None]:
    return half_right_points(course, STUDENTS)


def test_a_worker_that_is_killed_loses_nothing(course: ClassFolder) -> None:
    with start_grading(course, "--jobs", "2") as run:
        wait_until(lambda: len(graded_students(course)) >= 2)
        for process in workers_of(course):
            kill(process)
        said, errors = run.communicate(timeout=300)
    assert run.returncode == 0, errors
    assert "6 graded, 0 unchanged, 0 failed" in said
    assert automatic_points(course) == truth(course)


def test_a_killed_run_is_finished_by_the_next(course: ClassFolder) -> None:
    with start_grading(course, "--jobs", "2") as run:
        wait_until(lambda: len(graded_students(course)) >= 2)
        kill(run.pid)
        for process in workers_of(course):
            kill(process)
    whole = sqlite3.connect(course.folder / "gradebook.db").execute("PRAGMA integrity_check")
    assert whole.fetchall() == [("ok",)]
    course.terminal.run("nbgrader export")
    done = len(graded_students(course))
    assert 0 < done < len(STUDENTS)
    told = grade(course)
    assert (told["unchanged"], told["graded"]) == (done, len(STUDENTS) - done)
    assert automatic_points(course) == truth(course)
    assert not [*(course.folder / ".grading" / "unfinished").iterdir()]


def test_workers_end_by_themselves_when_only_the_run_is_killed(course: ClassFolder) -> None:
    with start_grading(course, "--jobs", "2") as run:
        wait_until(lambda: len(workers_of(course)) == 2)
        kill(run.pid)
    wait_until(lambda: not workers_of(course))
    assert grade(course)["failed"] == 0
    assert automatic_points(course) == truth(course)


def test_ctrl_c_ends_the_workers_and_resume_goes_on_with_the_same_run(course: ClassFolder) -> None:
    grade(course)
    chosen = ("--all", "--student", "s0", "--student", "s1", "--student", "s2", "--jobs", "1")
    stamp = course.folder / "autograded" / "s0" / LESSON / STAMP
    before = stamp.stat().st_mtime_ns
    with start_grading(course, *chosen) as run:
        wait_until(lambda: stamp.exists() and stamp.stat().st_mtime_ns != before)
        os.kill(run.pid, signal.SIGINT)
        _, errors = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "of 3 were graded, and nothing of it is lost" in errors
    assert "`updown class grade --resume` goes on" in errors
    assert not workers_of(course)
    before = stamp.stat().st_mtime_ns
    told = grade(course, "--resume")
    # What the run graded before it was stopped is told as graded, and not graded again.
    outcomes = {one["student"]: one["outcome"] for one in told["submissions"]}
    assert outcomes == dict.fromkeys(["s0", "s1", "s2"], "graded")
    assert stamp.stat().st_mtime_ns == before
    assert automatic_points(course) == truth(course)
    assert "no run of this class was stopped" in updown_grade(course, "--resume", code=1)


def test_two_runs_at_once_lose_no_mark(course: ClassFolder) -> None:
    with start_grading(course, "--all") as one, start_grading(course, "--all") as other:
        for run in (one, other):
            said, errors = run.communicate(timeout=400)
            assert run.returncode == 0, errors
            assert "6 graded, 0 unchanged, 0 failed" in said
    assert automatic_points(course) == truth(course)
    assert graded_students(course) == {*STUDENTS}
    assert grade(course)["unchanged"] == 6


def test_what_kills_every_worker_is_left_to_a_person(course: ClassFolder) -> None:
    hand_in(course, "bomb", RIGHT)
    told = grade(course, code=1)
    assert (told["graded"], told["failed"]) == (6, 1)
    (problem,) = told["problems"]
    assert f"its worker died {TRIES} times (SIGKILL, SIGKILL, SIGKILL)" in problem["what"]
    assert automatic_points(course) == {**truth(course), "bomb": None}
