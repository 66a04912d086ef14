"""What a graded page shows: the verdict's words, and nothing of how the hidden checks are made."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbgrader import utils  # type: ignore[import-untyped]
from nbgrader.preprocessors import (  # type: ignore[import-untyped]
    ClearHiddenTests,
    NbGraderPreprocessor,
)
from traitlets import List


class ClearCheckCells(ClearHiddenTests):  # type: ignore[misc]
    """Removes the hidden tests from the check cells, and the traceback that would quote them.

    Other cells stay as the learner wrote them: nbgrader's own step stops a whole class's feedback
    when one learner's cell contains its marker.
    """

    # Feedback pages set this for every step, and traitlets warns where a step does not know it.
    display_data_priority = List(ClearHiddenTests.display_data_priority.default()).tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Clear one cell."""
        if not (utils.is_grade(cell) and utils.is_locked(cell)):
            return cell, resources
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
        return cell, resources


class ClearWidgets(NbGraderPreprocessor):  # type: ignore[misc]
    """Removes widgets that have no text of their own: without a kernel a page shows their code."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Clear one cell."""
        if "outputs" in cell:
            cell.outputs = [output for output in cell.outputs if not _is_bare_widget(output)]
        return cell, resources


def _is_bare_widget(output: NotebookNode) -> bool:
    data = output.get("data", {})
    return "application/vnd.jupyter.widget-view+json" in data and "text/html" not in data
