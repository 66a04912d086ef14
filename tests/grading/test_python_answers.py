"""Answers in Python from release to feedback: same marks in the replay, in stock `Execute` and in
the verdict, and no line of a learner's runs outside of the box."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from course_lib.exercises import Exercise, check_answer, load_spec
from tests.exercises.judgement.corpus import spec_of
from tests.grading.class_folder import ClassFolder
from tests.grading.python_lesson import (
    FUNCTION,
    LESSON,
    NOTEBOOK,
    RULES,
    answers,
    open_python_class,
)
from tests.grading.submissions import Edit, cell_of, copy_below, delete
from tests.grading.test_conformance import STOCK, normalised

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(900),
]

SPECS = {name: load_spec(spec_of(name)) for name in (FUNCTION, RULES)}
RIGHT = {name: str(spec.solutions[0].answer) for name, spec in SPECS.items()}
MARKER = "ran-here"


def texts(spec: Exercise) -> list[str]:
    return [str(one.answer) for one in (*spec.solutions, *spec.wrong_answers)]


def pairs() -> dict[str, tuple[str, str]]:
    """Honest answers to both exercises, and how they would score."""
    functions, rules = texts(SPECS[FUNCTION]), texts(SPECS[RULES])
    number = max(len(functions), len(rules))
    return {
        f"answer-{index}": (functions[index % len(functions)], rules[index % len(rules)])
        for index in range(0, number, 6)
    }


TOUCHES = f"""
open({MARKER!r}, "w").write("x")

{RIGHT[FUNCTION]}
"""


def corpus() -> dict[str, tuple[Edit, ...]]:
    right = answers(RIGHT[FUNCTION], RIGHT[RULES])
    check, answer = FUNCTION, f"{FUNCTION}-answer"
    return {
        **{name: (answers(*both),) for name, both in pairs().items()},
        "untouched": (),
        "no-python": (answers("I do not know", "add_check orders"),),
        "copied": (right, copy_below(answer), copy_below(check), delete(f"{RULES}")),
        "windows": (answers(*(text.replace("\n", "\r\n") for text in RIGHT.values())),),
        "touches": (answers(TOUCHES, RIGHT[RULES]),),
    }


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[ClassFolder, ClassFolder]]:
    """The same class, graded by the replay and by stock `Execute`."""
    base = tmp_path_factory.mktemp("python")
    with (
        open_python_class(base / "replay") as ours,
        open_python_class(base / "stock", *STOCK) as stock,
    ):
        shutil.copy(ours.folder / "secret.txt", stock.folder / "secret.txt")
        for course in (ours, stock):
            for student, edits in corpus().items():
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
    for student, (function, rules) in pairs().items():
        verdicts = [
            check_answer(SPECS[FUNCTION], function, secret=ours.secret),
            check_answer(SPECS[RULES], rules, secret=ours.secret),
        ]
        assert marks[student] == sum(one.points for one in verdicts)
    whole = sum(spec.task.max_points for spec in SPECS.values())
    assert (marks["copied"], marks["windows"]) == (whole, whole)
    assert (marks["untouched"], marks["no-python"]) == (0, 0)
    assert len({*marks.values()}) > 3  # the corpus tells graders apart


def test_pages_are_equal_and_say_what_differs(both: tuple[ClassFolder, ClassFolder]) -> None:
    ours, stock = both
    for student in ours.marks():
        assert normalised(ours, student) == normalised(stock, student)
    words = ours.feedback_words("untouched")
    assert "pending ended with NotImplementedError in line 3" in words
    assert "there is no operation in the list" in words


def test_what_an_answer_does_where_it_runs_is_done_nowhere(
    both: tuple[ClassFolder, ClassFolder],
) -> None:
    """The one that writes a file ends there, so it is told and has no points for the function."""
    for course in both:
        assert course.marks()["touches"] == SPECS[RULES].task.max_points
        assert "PermissionError in line 1" in course.feedback_words("touches")
        assert not [*course.folder.parent.rglob(MARKER)]


def test_the_learners_notebook_holds_stubs_and_no_secret(
    both: tuple[ClassFolder, ClassFolder],
) -> None:
    ours, _ = both
    folder = ours.folder / "release" / LESSON
    notebook = nbformat.read(folder / NOTEBOOK, as_version=4)
    assert cell_of(notebook, f"{FUNCTION}-answer").source == (
        "%%answer pending\ndef pending(files, ledger):\n"
        "    # YOUR CODE HERE\n    raise NotImplementedError()"
    )
    assert cell_of(notebook, f"{RULES}-answer").source == (
        "%%migration 003_rules.py\noperations = [\n    # YOUR OPERATIONS HERE\n]"
    )
    shipped = "".join(
        path.read_text(encoding="utf-8") for path in Path(folder).rglob("*") if path.is_file()
    )
    for kept in ("def draw", "removesuffix", "hidden=True", "it knows what it has seen"):
        assert kept not in shipped
