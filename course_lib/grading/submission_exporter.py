"""Reads a submitted notebook, takes it through the steps of grading, and gives it as text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4.rwbase import split_lines, strip_transient
from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]

from course_lib.grading.graft import GraftAnswers
from course_lib.grading.submission import read_submission


class SubmissionExporter(NotebookExporter):
    """Reads a submitted notebook with care; what grading itself has written, as nbconvert does."""

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The notebook with all steps done, as text.

        nbconvert copies it three times, and validates it after each step: half of what the steps
        take. This notebook is nobody else's.
        """
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        for step in self._preprocessors:
            nb, resources = step(nb, resources)
        resources["output_suffix"] = ".nbconvert"
        if self._takes_over():
            # The second pass reads it, validates it, and writes it as people like to read it.
            return json.dumps(nb, ensure_ascii=False), resources
        self._validate_preprocessor(nb, "the last step")  # type: ignore[no-untyped-call]
        text = json.dumps(
            strip_transient(split_lines(nb)),  # type: ignore[no-untyped-call]
            indent=1,
            separators=(",", ": "),
            sort_keys=True,
            ensure_ascii=False,
        )
        return f"{text}\n", resources

    def _takes_over(self) -> bool:
        """Whether this is the first of the two passes, which takes over the answers."""
        return any(isinstance(step, GraftAnswers) for step in self._preprocessors)

    def from_filename(
        self, filename: str, resources: Any = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The notebook with all steps done; a file that is no notebook does not raise."""
        if not self._takes_over():
            return super().from_filename(filename, resources)
        path = Path(filename)
        submitted = submitted_root(CourseDirectory(config=self.config))
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        notebook = read_submission(path, submitted)
        return self.from_notebook_node(notebook, resources)


def submitted_root(course: CourseDirectory) -> Path:
    """The folder with everybody's submissions."""
    return Path(course.format_path(course.submitted_directory, ".", "."))
