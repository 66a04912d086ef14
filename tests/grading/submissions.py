"""Submissions of lesson 4: honest, unlucky and hostile ones, as edits of a released notebook."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

LESSON = "04-adding-a-column"
NOTEBOOK = f"{LESSON}.ipynb"
ANSWER = "add-email-answer"
CHECK = "add-email"

Edit = Callable[[NotebookNode], None]


def answer(text: str, cell_id: str = ANSWER) -> Edit:
    """Replaces the learner's answer by this migration's text."""

    def edit(notebook: NotebookNode) -> None:
        cell = cell_of(notebook, cell_id)
        cell.source = f"{cell.source.splitlines()[0]}\n{text.strip()}"

    return edit


def cell_of(notebook: NotebookNode, cell_id: str) -> NotebookNode:
    """The one cell with this id."""
    (cell,) = [cell for cell in notebook.cells if cell.id == cell_id]
    return cell


def copy_below(cell_id: str) -> Edit:
    """Copy and paste, as JupyterLab does it: the nbgrader id is copied as well."""

    def edit(notebook: NotebookNode) -> None:
        cell = cell_of(notebook, cell_id)
        twin = deepcopy(cell)
        twin.id = f"{cell_id}-copy"
        notebook.cells.insert(notebook.cells.index(cell) + 1, twin)

    return edit


def delete(cell_id: str) -> Edit:
    return lambda notebook: notebook.cells.remove(cell_of(notebook, cell_id))


def split_answer(notebook: NotebookNode) -> None:
    """Split Cell above the down: both halves keep the nbgrader id."""
    copy_below(ANSWER)(notebook)
    first, second = cell_of(notebook, ANSWER), cell_of(notebook, f"{ANSWER}-copy")
    up, mark, down = first.source.partition("-- migrate:down")
    first.source, second.source = up, mark + down


def lose_metadata(notebook: NotebookNode) -> None:
    """What some editors and converters leave: no nbgrader metadata at all."""
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)


def skip_check(notebook: NotebookNode) -> None:
    """Tags that keep a cell from being run; a check cell without output would get full points."""
    cell_of(notebook, CHECK).metadata["tags"] = ["skip-execution", "not-run-when-grading"]


def edit_check(notebook: NotebookNode) -> None:
    cell_of(notebook, CHECK).source = "10.0"


def replace_check(notebook: NotebookNode) -> None:
    """A cell above the check that makes it say what the learner likes."""
    index = notebook.cells.index(cell_of(notebook, CHECK))
    notebook.cells.insert(index, new_code_cell("check = lambda *_, **__: 10.0"))


def edit_notebook(path: Path, *edits: Edit) -> None:
    """Change a notebook's file."""
    notebook = nbformat.read(path, as_version=4)
    for edit in edits:
        edit(notebook)
    nbformat.write(notebook, path)
