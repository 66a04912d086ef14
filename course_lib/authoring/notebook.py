"""Cells to notebooks: nbgrader's metadata, stable ids, and what JupyterLab expects to find."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_lib.authoring.lesson import LessonCell

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# JupyterLab marks a notebook as modified on opening when this differs from what the kernel says,
# which includes the patch version of Python: no committed text can be right for everyone.
LANGUAGE_INFO = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3.12.0",
}


def make_notebook(cells: Iterable[LessonCell], lesson: str) -> NotebookNode:
    """The instructor's notebook of a lesson, with solutions, hidden tests, nbgrader's metadata."""
    answers: Counter[str] = Counter()
    made = []
    for position, cell in enumerate(cells):
        if cell.answer is not None:
            answers[cell.answer] += 1
        made.append(_make_cell(cell, position, lesson, answers[cell.answer or ""]))
    notebook: NotebookNode = new_notebook(  # type: ignore[no-untyped-call]
        cells=made,
        metadata={"kernelspec": KERNELSPEC, "language_info": LANGUAGE_INFO},
    )
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return notebook


def sources_digest(notebook: NotebookNode) -> str:
    """SHA-256 of the ids, kinds and sources of all cells: the same until somebody edits a cell.

    Outputs and run counts do not matter, so running a notebook does not change it.
    """
    parts = [[cell.get("id"), cell.cell_type, cell.source] for cell in notebook.cells]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _make_cell(cell: LessonCell, position: int, lesson: str, answer: int) -> NotebookNode:
    metadata: dict[str, Any] = {}
    if cell.tags:
        metadata["tags"] = list(cell.tags)
    grade_id = _grade_id(cell, answer)
    if grade_id is not None:
        counts = cell.answer is None
        metadata["nbgrader"] = {
            "grade": counts,
            "grade_id": grade_id,
            "locked": counts,
            "schema_version": 3,
            "solution": cell.answer is not None,
            "task": False,
        }
        if cell.points is not None:
            metadata["nbgrader"]["points"] = cell.points
    cell_id = grade_id or _position_id(lesson, position, cell.kind)
    make: Any = new_code_cell if cell.kind == "code" else new_markdown_cell
    made: NotebookNode = make(source=cell.source, metadata=metadata, id=cell_id)
    return made


def _grade_id(cell: LessonCell, answer: int) -> str | None:
    """`add-email-answer`, then `add-email-answer-2` for the second cell of the same exercise;
    `quiz-<id>` for the points of a quiz."""
    if cell.answer is None:
        return f"quiz-{cell.quiz}" if cell.quiz is not None else cell.check
    return f"{cell.answer}-answer" + (f"-{answer}" if answer > 1 else "")


def _position_id(lesson: str, position: int, kind: str) -> str:
    return hashlib.sha256(f"{lesson}/{position}/{kind}".encode()).hexdigest()[:12]
