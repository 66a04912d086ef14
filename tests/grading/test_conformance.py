"""Stock nbgrader's `Execute` and the replay: equal marks and equal pages for honest work."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from course_lib.exercises import check_prepared, prepare
from tests.grading.class_folder import ClassFolder, open_class
from tests.grading.corpus_lessons import Assignment, assignments, hand_in, write_lesson
from tests.grading.submissions import (
    ANSWER,
    CHECK,
    LESSON,
    Edit,
    answer,
    cell_of,
    copy_below,
    delete,
)
from tests.lone_lesson import copy_lesson

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(3600),
]

STOCK = (
    "from nbgrader.preprocessors import Execute",
    "from course_lib.grading.configuration import grading_steps",
    "get_config().Autograde.autograde_preprocessors = grading_steps(Execute)",
)
ADD_EMAIL, *OTHERS = assignments()


def python_instead(notebook: object) -> None:
    cell_of(notebook, ANSWER).source = "print('I thought this was Python')"  # type: ignore[arg-type]


def mishaps() -> dict[str, tuple[Edit, ...]]:
    """What befalls honest notebooks of lesson 4 beside their answers."""
    right = ADD_EMAIL.answers["solution-00"]
    assert isinstance(right, str)
    return {
        "untouched": (),
        "no-sql": (answer("I do not know"),),
        "python": (python_instead,),
        "odd-words": (answer(right.replace("-- Add", "-- Ölçü 🦆 \\n {lesson} %sql >>> …")),),
        "windows": (answer(right.replace("\n", "\r\n")),),
        "copied": (answer(right), copy_below(ANSWER), copy_below(CHECK)),
        "no-check-cell": (answer(right), delete(CHECK)),
    }


@dataclass(frozen=True)
class Graded:
    """One assignment, graded by the replay and by stock `Execute`; the answers handed in."""

    assignment: Assignment
    students: tuple[str, ...]
    ours: ClassFolder
    stock: ClassFolder


def write_lessons(lessons: Path) -> None:
    copy_lesson(LESSON, lessons)
    for one in OTHERS:
        write_lesson(one, lessons)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(False, id="two answers to each exercise"),
        pytest.param(True, id="every answer", marks=pytest.mark.stock),
    ],
)
def graded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Graded]]:
    """The same work of the same class, graded twice, exercise by exercise."""
    base = tmp_path_factory.mktemp("conformance")
    open_here = partial(open_class, write_lessons=write_lessons)
    with open_here(base / "replay") as ours, open_here(base / "stock", *STOCK) as stock:
        shutil.copy(ours.folder / "secret.txt", stock.folder / "secret.txt")
        yield [
            _grade(assignment, request.param, ours, stock) for assignment in (ADD_EMAIL, *OTHERS)
        ]


def _grade(assignment: Assignment, every: bool, ours: ClassFolder, stock: ClassFolder) -> Graded:
    # A model solution is the first of them, and a wrong answer the last.
    step = 1 if every else len(assignment.answers) - 1
    work = {
        student: hand_in(assignment.exercise, assignment.answers[student])
        for student in [*assignment.answers][::step]
    }
    if assignment is ADD_EMAIL:
        work |= mishaps()
    else:
        lesson, check = assignment.lesson, assignment.exercise.task.id
        ours, stock = ours.assignment(lesson, check), stock.assignment(lesson, check)

    def run(course: ClassFolder) -> None:
        for student, edits in work.items():
            course.submit(student, *edits)
        course.autograde()
        course.give_feedback()

    with ThreadPoolExecutor(2) as both:
        [*both.map(run, (ours, stock))]
    return Graded(assignment, tuple(work), ours, stock)


def test_marks_are_equal_and_those_of_the_verdict(graded: list[Graded]) -> None:
    for one in graded:
        marks, stock = one.ours.marks(), one.stock.marks()
        prepared = prepare(one.assignment.exercise, one.ours.secret)
        given = {student: marks[student] for student in one.students}
        assert given == {student: stock[student] for student in one.students}
        assert len({*given.values()}) > 1  # the corpus tells graders apart
        asked = {migration.name for migration in one.assignment.exercise.task.migrations}
        for student in one.students:
            text = one.assignment.answers.get(student)
            # A cell that is left alone hands in its stub, and not nothing.
            if isinstance(text, str | bytes) or (text and asked <= text.keys()):
                verdict = check_prepared(prepared, one.assignment.answers[student])
                assert marks[student] == verdict.points, (one.assignment.lesson, student)


def test_the_run_has_both_right_and_wrong_answers_to_every_exercise(graded: list[Graded]) -> None:
    assert len(graded) == 1 + len(OTHERS) > 5 and graded[0].assignment.lesson == LESSON
    for one in graded:
        kinds = {student.partition("-")[0] for student in one.students}
        assert kinds & {"solution", "right"} and kinds & {"mistake", "wrong"}


def test_pages_are_equal(graded: list[Graded]) -> None:
    for one in graded:
        for student in one.students:
            page = normalised(one.ours, student)
            assert ("points" in page and ">All requirements<" in page) or student == "untouched"
            assert page == normalised(one.stock, student), (one.assignment.lesson, student)


def normalised(course: ClassFolder, student: str) -> str:
    """A page without what differs from run to run: places, ids of widgets, times, processes."""
    page = course.feedback(student).replace(str(course.folder), "FOLDER")
    for pattern in (
        r'"model_id": ?"[0-9a-f]+"',
        r"ipykernel_\d+",
        r"\d+(\.\d+)? m?s\b",
        r"updown-[0-9a-f]{6,}",
    ):
        page = re.sub(pattern, "VARIES", page)
    return page
