"""What of a submission is graded: the text of its answers, put into the notebook that was released.

Nothing else of a submitted notebook survives, so copied, split, deleted, retagged or added cells
neither stop a class's grading nor change a mark, and no Python of a learner runs.
"""

from __future__ import annotations

import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader import utils  # type: ignore[import-untyped]
from nbgrader.converters.base import NbGraderException  # type: ignore[import-untyped]
from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]
from nbgrader.preprocessors import NbGraderPreprocessor  # type: ignore[import-untyped]

from course_lib.grading.pictures import pictures
from course_lib.grading.stubs import SAVING_MAGICS, SQL_MAGICS
from course_lib.grading.submission import UNREADABLE, unreadable_note, why_unreadable

NOT_RUN = "not-run-when-grading"
"""The tag of cells that grading shows and does not run."""

LONGEST_ANSWER = 100_000
"""Characters of an answer that are taken over."""


class GraftAnswers(NbGraderPreprocessor):  # type: ignore[misc]
    """The first step of autograde: the released notebook, with this submission's answers in it."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the grafted notebook; raises NbGraderException where no release is found."""
        names = resources["nbgrader"]
        course = CourseDirectory(config=self.config)
        release = Path(course.format_path(course.release_directory, ".", names["assignment"]))
        released = release / f"{names['notebook']}.ipynb"
        if not released.is_file():
            raise NbGraderException(
                f"{released} is missing, and answers are graded in the notebook that was released:"
                f" this submission stays ungraded. Run `nbgrader generate_assignment"
                f" {names['assignment']}`, then grade again."
            )
        graded = Path(
            course.format_path(course.autograded_directory, names["student"], names["assignment"])
        )
        # The answer cell writes this folder anew; an old file of the same number would stop it.
        shutil.rmtree(graded / "migrations", ignore_errors=True)
        skeleton = nbformat.read(released, as_version=4)  # type: ignore[no-untyped-call]
        grafted = graft(skeleton, nb)
        why = why_unreadable(nb)
        if why is not None:
            note = unreadable_note(names["notebook"], why)
            self.log.warning("%s, %s: %s", names["assignment"], names["student"], note)
            grafted.metadata[UNREADABLE] = note
            first: NotebookNode = new_markdown_cell(note)  # type: ignore[no-untyped-call]
            grafted.cells.insert(0, first)
        return grafted, resources


def graft(released: NotebookNode, submitted: NotebookNode) -> NotebookNode:
    """A copy of `released` whose answer cells hold the text that `submitted` has for them.

    Cells that would run a learner's SQL outside the check are marked as not to be run, and so are
    those that only show the lesson's database.
    """
    grafted = deepcopy(released)
    own = [cell for cell in released.cells if not utils.is_solution(cell)]
    cells = [cell for cell in submitted.get("cells", []) if not _is_one_of(own, cell)]
    for index, cell in enumerate(grafted.cells):
        if utils.is_solution(cell):
            following = grafted.cells[index + 1 :]
            check = next((_grade_id(c) for c in following if utils.is_grade(c)), None)
            above = _above(check, cells)
            cell.source = _answer(cell, above) or _answer(cell, cells) or cell.source
        if cell.cell_type == "code" and _is_only_shown(cell):
            cell.metadata["tags"] = [NOT_RUN]
    running = [cell for cell in grafted.cells if NOT_RUN not in cell.metadata.get("tags", [])]
    for cell in pictures(running):
        cell.metadata["tags"] = [NOT_RUN]
    return grafted


def _is_one_of(own: list[NotebookNode], cell: NotebookNode) -> bool:
    """Whether a cell that saves a file is the instructor's own: a file to repair, say, which has
    the name of the answer. As released or edited, it is no answer to the cell that asks for one."""
    text = _text(cell).strip()
    if _grade_id(cell) is not None or not text.startswith(SAVING_MAGICS):
        return False
    return any(one.get("id") == cell.get("id") or one.source.strip() == text for one in own)


def _is_only_shown(cell: NotebookNode) -> bool:
    """Whether a cell would run what a learner wrote: SQL outside the check, or an answer in Python,
    which stays a text for the one who grades it."""
    first_line = cell.source.partition("\n")[0]
    if first_line.startswith("%"):
        return not first_line.startswith(SAVING_MAGICS)
    return bool(utils.is_solution(cell))


def _answer(cell: NotebookNode, submitted: list[NotebookNode]) -> str | None:
    """The text for one answer cell: what a run from top to bottom would have left last.

    None where nothing was written: an untouched copy of the stub is no answer. A cell that lost its
    id is known by its magic line, which always stays as it was released.
    """
    magic = cell.source.partition("\n")[0]
    has_magic: bool = magic.startswith((*SQL_MAGICS, *SAVING_MAGICS))

    def begins(text: str) -> bool:
        return has_magic and text.partition("\n")[0].split() == magic.split()

    texts = [(_grade_id(c) == _grade_id(cell), _text(c)) for c in submitted]
    written = [
        text
        for has_id, text in texts
        if (has_id or begins(text)) and text.strip() != cell.source.strip()
    ]
    # The second half of a split cell has the id and no magic line, so it never ran.
    chosen = [text for text in written if begins(text)] or written
    if not chosen:
        return None
    last = chosen[-1][:LONGEST_ANSWER]
    first, _, rest = last.partition("\n")
    if not has_magic:
        return last
    return f"{magic}\n{rest if first.startswith('%%') else last}"


def _above(check: str | None, cells: list[NotebookNode]) -> list[NotebookNode]:
    """The cells above the last one with the id `check`; all where there is none."""
    ends = [index for index, cell in enumerate(cells) if check and _grade_id(cell) == check]
    return cells[: ends[-1]] if ends else cells


def _grade_id(cell: NotebookNode) -> str | None:
    """A cell's nbgrader id, whatever a submission holds in its place."""
    about = cell.get("metadata", {}).get("nbgrader", {})
    found = about.get("grade_id") if isinstance(about, dict) else None
    return found if isinstance(found, str) else None


def _text(cell: NotebookNode) -> str:
    source = cell.get("source", "")
    return source.lstrip() if isinstance(source, str) else ""
