"""What grading left of each submission, read requirement by requirement."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.exercises import check_answer, load_spec
from course_lib.grading.verdicts import NO_VERDICT, NOT_GRADED, GradedWork, read_verdicts
from course_lib.notebook.verdict_data import MIME
from tests.grading.class_folder import SPEC, ClassFolder, open_class
from tests.grading.submissions import CHECK, LESSON, answer

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(600),
]

EXERCISE = load_spec(SPEC)
RIGHT = EXERCISE.solutions[0].answer
NO_DOWN = next(one for one in EXERCISE.wrong_answers if one.name.startswith("no down"))


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassFolder]:
    base = tmp_path_factory.mktemp("verdicts")
    with open_class(base / "course") as course:
        course.submit("right", answer(str(RIGHT)))
        course.submit("no-down", answer(str(NO_DOWN.answer)))
        course.submit("empty").write_bytes(b"")
        course.autograde()
        course.give_feedback()
        yield course


def verdicts(course: Path, student: str) -> GradedWork:
    return read_verdicts(course, LESSON, student)


def test_each_requirement_is_as_the_check_says(graded: ClassFolder) -> None:
    expected = check_answer(EXERCISE, NO_DOWN.answer, secret=graded.secret)
    work = verdicts(graded.folder, "no-down")
    (cell,) = [one for one in work.cells if one.name == CHECK]
    assert cell.verdict is not None and work.why == cell.why == ""
    assert [(one.id, one.state, one.points, one.differences) for one in cell.verdict.results] == [
        (one.id, one.state, one.points, one.differences) for one in expected.results
    ]
    assert {one.id for one in cell.verdict.results if one.state == "failed"} == {"down"}


def test_full_points_and_what_was_left_as_it_was_are_told_apart(graded: ClassFolder) -> None:
    email, handle = verdicts(graded.folder, "right").cells
    assert email.verdict is not None and email.verdict.points == email.verdict.max_points == 10
    stub = check_answer(EXERCISE, EXERCISE.task.stubs, secret=graded.secret)
    for cell in (handle, *verdicts(graded.folder, "empty").cells):
        assert cell.verdict is not None and cell.verdict.points == 0
    (first, _) = verdicts(graded.folder, "empty").cells
    assert first.verdict is not None and [one.differences for one in first.verdict.results] == [
        one.differences for one in stub.results
    ]


def test_the_marks_are_still_those_that_nbgrader_reads(graded: ClassFolder) -> None:
    expected = check_answer(EXERCISE, NO_DOWN.answer, secret=graded.secret)
    assert graded.marks() == {"right": 10.0, "no-down": float(expected.points), "empty": 0.0}


def test_neither_what_is_released_nor_the_feedback_holds_it(graded: ClassFolder) -> None:
    released = (graded.folder / "release" / LESSON / graded.notebook).read_text(encoding="utf-8")
    assert MIME not in released and MIME not in graded.feedback("no-down")
    assert MIME in json.dumps(graded.graded("no-down"))


def copy_of(graded: ClassFolder, folder: Path, student: str) -> Path:
    """The graded notebook of one learner in a class's folder of its own."""
    target = folder / "autograded" / student / LESSON
    shutil.copytree(graded.folder / "autograded" / student / LESSON, target)
    return target / graded.notebook


def test_a_notebook_of_an_older_version_says_so(graded: ClassFolder, tmp_path: Path) -> None:
    path = copy_of(graded, tmp_path, "right")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(MIME, None)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    cells = verdicts(tmp_path, "right").cells
    assert {(one.exercise, one.why) for one in cells} == {
        ("add-email", NO_VERDICT),
        ("add-handle", NO_VERDICT),
    }


def test_what_is_missing_or_damaged_is_a_sentence(graded: ClassFolder, tmp_path: Path) -> None:
    assert verdicts(tmp_path, "nobody") == GradedWork((), NOT_GRADED)
    path = copy_of(graded, tmp_path, "right")
    whole = path.read_bytes()
    for broken in (b"", b"[]", b"{}", whole[: len(whole) // 2], b"[" * 100_000, b"\xff\xfe"):
        path.write_bytes(broken)
        assert "damaged" in verdicts(tmp_path, "right").why
    path.unlink()
    path.symlink_to(graded.folder / "gradebook.db")
    assert "cannot be read" in verdicts(tmp_path, "right").why
