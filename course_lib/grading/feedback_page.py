"""nbgrader's feedback page, where a check that waits for a person has no score instead of 0, and
whose frame can be read and heard by everybody."""

from __future__ import annotations

import math
import re
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook  # type: ignore[import-untyped]
from nbgrader.preprocessors import GetGrades  # type: ignore[import-untyped]

from course_lib.grading.feedback_style import STYLE

_FRAME = (
    ("<html>", '<html lang="en">'),
    ('<div class="panel-heading">', '<div class="panel-heading" role="banner">'),
    ('<div id="toc">', '<div id="toc" role="navigation" aria-label="On this page">'),
    ("</head>", f"{STYLE}</head>"),
)
"""What nbgrader's page lacks: its language, names for its parts, and a style in both themes in
which links are seen to be such and the colours of code can be read."""

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
        for stock, whole in _FRAME:  # the first of each, which is above all that a learner wrote
            page = page.replace(stock, whole, 1)
        return _NAN.sub(r"no score yet, of \1", page), resources
