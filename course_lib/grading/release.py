"""From the instructor's notebook to the learner's: the steps of nbgrader's generate_assignment."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment  # type: ignore[import-untyped]
from nbgrader.converters.base import NbGraderException  # type: ignore[import-untyped]
from nbgrader.preprocessors import (  # type: ignore[import-untyped]
    ClearSolutions,
    NbGraderPreprocessor,
    SaveCells,
)
from traitlets.config import Config

from course_lib.grading.stubs import CODE_STUBS, SqlClearSolutions

MADE_BY_RUNNING = ("migrations", "answers", "*.duckdb*", "earlier", ".updown-shadow-*")
"""Names that appear in a lesson's folder when its notebook is run there; patterns of fnmatch."""


class RefuseMadeByRunning(NbGraderPreprocessor):  # type: ignore[misc]
    """Stops a release from a folder in which the instructor's own notebook was run.

    nbgrader releases every file beside a notebook, so the solutions that the run saved as
    migrations would reach the learners.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the notebook as it is, or raise NbGraderException, which names what to delete."""
        folder = Path(resources["metadata"]["path"])
        found = sorted(
            path.name
            for path in folder.iterdir()
            if any(fnmatch(path.name, pattern) for pattern in MADE_BY_RUNNING)
        )
        if found:
            raise NbGraderException(
                f"{folder} holds {', '.join(found)}: made by running the notebook there. A release"
                " copies every file of this folder, so learners would get them. Delete them, then"
                " generate the assignment again."
            )
        return nb, resources


def release_steps() -> list[type]:
    """The preprocessors of generate_assignment, with SQL stubs in place of nbgrader's."""
    stock: list[type] = GenerateAssignment.preprocessors.default_args[0]
    return [SqlClearSolutions if step is ClearSolutions else step for step in stock]


def release_notebook(source: NotebookNode) -> str:
    """The learner's notebook as text: what `nbgrader generate_assignment` releases for `source`.

    `source` is not changed. No gradebook is needed.
    """
    config = Config()
    config.Exporter.default_preprocessors = []
    config.ClearSolutions.code_stub = CODE_STUBS
    exporter = NotebookExporter(config=config)  # type: ignore[no-untyped-call]
    for step in release_steps():
        if step is not SaveCells:  # the one step that writes to a gradebook
            exporter.register_preprocessor(step)  # type: ignore[no-untyped-call]
    text: str
    text, _ = exporter.from_notebook_node(source)  # type: ignore[no-untyped-call]
    # generate_assignment reads a file and writes one; the writer ends it with a line feed.
    return text if text.endswith("\n") else text + "\n"


def write_notebook(notebook: NotebookNode) -> str:
    """A notebook as the text of its file."""
    text: str = nbformat.writes(notebook, version=4)  # type: ignore[no-untyped-call]
    return text + "\n"
