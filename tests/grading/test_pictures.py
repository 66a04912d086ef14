"""Which cells only draw: those are shown and not run, and no others."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from course_lib.grading.graft import NOT_RUN, graft
from course_lib.grading.pictures import pictures

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.mark.parametrize(
    "source",
    [
        'scene("deploy")',
        'stage = scene("deploy")\nstage',
        "timeline = lesson.timeline()\ntimeline",
        "lesson.timeline()",
    ],
)
def test_a_cell_that_only_draws_is_not_run(source: str) -> None:
    cells = [new_code_cell("lesson = begin('x')"), new_code_cell(source), new_code_cell("1")]
    assert pictures(cells) == [cells[1]]


@pytest.mark.parametrize(
    "source",
    [
        'scene("deploy").next()',
        'stage = scene("deploy")\nprint(stage)',
        "timeline = lesson.timeline()\ntimeline.up()",
        "timeline = lesson.timeline(); points = 2",
        'scene(name_of("deploy"))',
        "a.b = lesson.timeline()",
        'stage = scene("deploy"',
        "stage",
        "",
        "%migrate up",
    ],
)
def test_a_cell_that_does_more_is_run(source: str) -> None:
    assert pictures([new_code_cell(source)]) == []


def test_a_picture_that_another_cell_needs_is_run() -> None:
    cells = [
        new_code_cell('stage = scene("deploy")\nstage'),
        new_markdown_cell("stage"),
        new_code_cell("assert stage.beat == 0"),
    ]
    assert pictures(cells) == []
    assert pictures(cells[:2]) == [cells[0]]


def test_a_check_is_no_picture() -> None:
    about = {"grade": True, "solution": False, "locked": True, "grade_id": "a", "points": 1}
    cell = new_code_cell('scene("deploy")', metadata={"nbgrader": about})
    assert pictures([cell]) == []


def test_every_lesson_runs_its_checks_and_quizzes_and_draws_nothing() -> None:
    drawn = 0
    for path in sorted(NOTEBOOKS.glob("*/*.ipynb")):
        released = nbformat.read(path, as_version=4)
        grafted = graft(released, released)
        for cell in grafted.cells:
            left_out = NOT_RUN in cell.metadata.get("tags", [])
            if cell.cell_type == "code" and cell.source.startswith(("check(", "quiz")):
                assert not left_out, cell.source
            if "scene(" in cell.source or ".timeline()" in cell.source:
                drawn += cell.cell_type == "code"
                assert left_out or cell.cell_type != "code"
    assert drawn > 5
