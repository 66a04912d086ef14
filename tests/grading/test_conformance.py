"""Stock nbgrader's `Execute` and the replay: equal marks and equal pages for honest work."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator

import pytest

from course_lib.exercises import check_answer, load_spec
from tests.grading.class_folder import SPEC, ClassFolder, open_class
from tests.grading.submissions import ANSWER, CHECK, Edit, answer, cell_of, copy_below, delete

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(600),
]

STOCK = (
    "from nbgrader.preprocessors import Execute",
    "from course_lib.grading.configuration import grading_steps",
    "get_config().Autograde.autograde_preprocessors = grading_steps(Execute)",
)
EXERCISE = load_spec(SPEC)
ANSWERS = [one.answer for one in (*EXERCISE.solutions, *EXERCISE.wrong_answers)]


def python_instead(notebook: object) -> None:
    cell_of(notebook, ANSWER).source = "print('I thought this was Python')"  # type: ignore[arg-type]


def corpus(step: int) -> dict[str, tuple[Edit, ...]]:
    """Honest submissions: each `step`th answer of the spec, and what befalls notebooks."""
    right = EXERCISE.solutions[0].answer
    return {
        **{
            f"answer-{number}": (answer(ANSWERS[number]),)
            for number in range(0, len(ANSWERS), step)
        },
        "untouched": (),
        "no-sql": (answer("I do not know"),),
        "python": (python_instead,),
        "odd-words": (answer(right.replace("-- Add", "-- Ölçü 🦆 \\n {lesson} %sql >>> …")),),
        "windows": (answer(right.replace("\n", "\r\n")),),
        "copied": (answer(right), copy_below(ANSWER), copy_below(CHECK)),
        "no-check-cell": (answer(right), delete(CHECK)),
    }


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(4, id="every fourth answer"),
        pytest.param(1, id="every answer", marks=pytest.mark.long),
    ],
)
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[ClassFolder, ClassFolder]]:
    """The same class, graded by the replay and by stock `Execute`."""
    base = tmp_path_factory.mktemp("conformance")
    with open_class(base / "replay") as ours, open_class(base / "stock", *STOCK) as stock:
        shutil.copy(ours.folder / "secret.txt", stock.folder / "secret.txt")
        for course in (ours, stock):
            for student, edits in corpus(request.param).items():
                course.submit(student, *edits)
            course.autograde()
            course.give_feedback()
        yield ours, stock


def test_marks_are_equal_and_those_of_the_verdict(
    both: tuple[ClassFolder, ClassFolder],
) -> None:
    ours, stock = both
    marks = ours.marks()
    assert marks == stock.marks()
    assert len({*marks.values()}) > 2  # the corpus tells graders apart
    for number, text in enumerate(ANSWERS):
        if f"answer-{number}" in marks:
            verdict = check_answer(EXERCISE, text, secret=ours.secret)
            assert marks[f"answer-{number}"] == verdict.points


def test_pages_are_equal(both: tuple[ClassFolder, ClassFolder]) -> None:
    ours, stock = both
    for student in ours.marks():
        page = normalised(ours, student)
        assert ("points" in page and ">All requirements<" in page) or student in ("untouched",)
        assert page == normalised(stock, student)


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
