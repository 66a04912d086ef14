"""nbgrader's feedback page, where a check that waits for a person has no score instead of 0."""

from __future__ import annotations

import math
import re
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook  # type: ignore[import-untyped]
from nbgrader.preprocessors import GetGrades  # type: ignore[import-untyped]

_NAN = re.compile(r"Score: nan / (\d+(?:\.\d+)?)")


class GetMarks(GetGrades):  # type: ignore[misc]
    """nbgrader's step that reads the scores; none for a cell that has none, nor for the whole."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Put the scores into the notebook's metadata, NaN where there is none."""
        nb, resources = super().preprocess(nb, resources)
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            submission = gradebook.find_submission_notebook(
                names["notebook"], names["assignment"], names["student"]
            )
            waiting = {
                grade.name
                for grade in submission.grades
                if grade.auto_score is None and grade.manual_score is None
            }
        if waiting:
            names["score"] = math.nan
        for cell in nb.cells:
            about = cell.metadata.get("nbgrader", {})
            if about.get("grade_id") in waiting:
                about["score"] = math.nan
        return nb, resources


class FeedbackPage(HTMLExporter):
    """The page, with words in the place of a score that is not a number."""

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page as HTML, and nbconvert's resources."""
        page, resources = super().from_notebook_node(nb, resources, **kwargs)
        return _NAN.sub(r"no score yet, of \1", page), resources
