"""Only the text of answer cells is taken over from a submission."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from course_lib.grading.graft import NOT_RUN, graft
from tests.grading.hostile import AROUND_THE_ANSWER
from tests.grading.submissions import (
    ANSWER,
    CHECK,
    LESSON,
    NOTEBOOK,
    Edit,
    answer,
    cell_of,
    copy_below,
    delete,
    lose_metadata,
    replace_check,
    split_answer,
)

RELEASED = Path(__file__).parents[2] / "notebooks" / LESSON / NOTEBOOK
GOOD = "-- migrate:up\nSELECT 'good';\n-- migrate:down\nSELECT 'back';"
MAGIC = "%%migration 001_add_email_to_users"


@pytest.fixture
def released() -> NotebookNode:
    return deepcopy(as_released())


@cache
def as_released() -> NotebookNode:
    return nbformat.read(RELEASED, as_version=4)


def grafted(*edits: Edit) -> NotebookNode:
    submitted = deepcopy(as_released())
    for edit in edits:
        edit(submitted)
    return graft(as_released(), submitted)


@pytest.mark.parametrize(
    "edits",
    [
        *([edit] for _, edit in AROUND_THE_ANSWER.values()),
        [lose_metadata, delete(CHECK)],
        [replace_check],
        [lambda notebook: cell_of(notebook, ANSWER).update(cell_type="raw")],
        [lambda notebook: cell_of(notebook, ANSWER).metadata["nbgrader"].update(points=99)],
        [lambda notebook: cell_of(notebook, ANSWER).update(source=f"\n\n%%migration 7\n{GOOD}")],
    ],
)
def test_a_right_answer_is_graded_alike_whatever_else_is_in_the_notebook(edits: list[Edit]) -> None:
    fair = grafted(answer(GOOD))
    assert cell_of(fair, ANSWER).source == f"{MAGIC}\n{GOOD}"
    assert grafted(answer(GOOD), *edits) == fair


def test_all_but_the_answer_is_as_released(released: NotebookNode) -> None:
    fair = grafted(answer(GOOD))
    cell_of(fair, ANSWER).source = cell_of(released, ANSWER).source
    for cell in fair.cells:
        if cell.metadata.get("tags") == [NOT_RUN]:
            del cell.metadata["tags"]
    assert fair == released


@pytest.mark.parametrize("edits", [[], [delete(ANSWER)], [copy_below(ANSWER)]])
def test_no_answer_leaves_the_stub(released: NotebookNode, edits: list[Edit]) -> None:
    assert cell_of(grafted(*edits), ANSWER) == cell_of(released, ANSWER)


def test_a_broken_file_that_the_lesson_shows_is_nobody_s_answer(released: NotebookNode) -> None:
    shown = [one for one in released.cells if one.source.startswith("%%migration 002_add_handle")]
    assert len(shown) == 2
    for edits in ([], [delete("add-handle-answer")]):
        assert cell_of(grafted(*edits), "add-handle-answer") == shown[1]


def test_python_in_an_answer_cell_becomes_text_of_the_migration() -> None:
    python = "import os\nos._exit(0)"
    found = grafted(lambda notebook: cell_of(notebook, ANSWER).update(source=python))
    assert cell_of(found, ANSWER).source == f"{MAGIC}\n{python}"


def test_the_last_answer_above_the_check_counts_as_in_a_run_from_top_to_bottom() -> None:
    def below(cell_id: str, text: str) -> Edit:
        def edit(notebook: NotebookNode) -> None:
            index = notebook.cells.index(cell_of(notebook, cell_id))
            notebook.cells.insert(index + 1, new_code_cell(f"{MAGIC}\n{text}"))

        return edit

    second = grafted(answer("SELECT 1;"), below(ANSWER, GOOD), below(CHECK, "SELECT 3;"))
    assert cell_of(second, ANSWER).source == f"{MAGIC}\n{GOOD}"


def test_an_untouched_copy_does_not_take_the_place_of_an_answer() -> None:
    found = grafted(copy_below(ANSWER), answer(GOOD))
    assert cell_of(found, ANSWER).source == f"{MAGIC}\n{GOOD}"


def test_of_a_split_answer_the_half_that_could_run_counts() -> None:
    found = grafted(answer(GOOD), split_answer)
    assert cell_of(found, ANSWER).source == f"{MAGIC}\n{GOOD.partition('-- migrate:down')[0]}"


def test_a_file_that_the_lesson_gives_to_be_repaired_is_not_an_answer() -> None:
    repaired = deepcopy(as_released())
    broken = new_code_cell(f"{MAGIC}\n-- migrate:up\nSELECT 'broken';", id="given")
    repaired.cells.insert(0, broken)
    stub = cell_of(repaired, ANSWER).source
    # Left alone, edited in its place, and under another id after an import: still not an answer.
    for change in ({}, {"source": f"{MAGIC}\n{GOOD}"}, {"id": "another"}):
        submitted = deepcopy(repaired)
        submitted.cells[0].update(change)
        assert cell_of(graft(repaired, submitted), ANSWER).source == stub
        answer(GOOD)(submitted)
        assert cell_of(graft(repaired, submitted), ANSWER).source == f"{MAGIC}\n{GOOD}"


def test_cells_that_would_run_an_answer_outside_the_check_are_not_run() -> None:
    cells = grafted(answer(GOOD)).cells
    run = [c.source for c in cells if c.cell_type == "code" and not c.metadata.get("tags")]
    assert any(source.startswith(MAGIC) for source in run)
    for source in run:
        assert not source.startswith(("%migrate", "%%sql"))
    assert any('check("add-email")' in source for source in run)


@pytest.mark.parametrize("junk", [None, 1, [], {"grade_id": [1]}, {"grade_id": None}])
def test_metadata_of_any_shape_is_survived(junk: object) -> None:
    def spoil(notebook: NotebookNode) -> None:
        for cell in notebook.cells:
            cell.metadata["nbgrader"] = junk

    assert grafted(answer(GOOD), spoil) == grafted(answer(GOOD))


def test_an_answer_in_python_is_kept_as_text_and_not_run() -> None:
    about = {"grade": True, "solution": True, "locked": False, "grade_id": "essay", "points": 3}
    released = deepcopy(as_released())
    released.cells.append(new_code_cell("# YOUR CODE HERE", metadata={"nbgrader": about}))
    submitted = deepcopy(released)
    submitted.cells[-1].source = "import os\nos.remove('gradebook.db')"
    found = graft(released, submitted).cells[-1]
    assert found.source == submitted.cells[-1].source
    assert found.metadata.tags == [NOT_RUN]


def test_a_very_long_answer_is_cut() -> None:
    found = grafted(answer(GOOD + "\n" + "-- and so on\n" * 100_000))
    assert len(cell_of(found, ANSWER).source) < 101_000
