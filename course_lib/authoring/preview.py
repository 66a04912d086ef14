"""A lesson as a learner would see it: the released notebook in a folder of its own, or one page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbconvert import HTMLExporter
from nbformat import NotebookNode

from course_lib.authoring.lesson import LessonProblem
from course_lib.authoring.runtime import build_alone, run_notebook

WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Preview:
    """A learner's files in `folder`; `notebook` is the one to open, below it."""

    folder: Path
    notebook: Path


def make_preview(text: Path, root: Path, folder: Path) -> Preview | tuple[LessonProblem, ...]:
    """Write what a learner would get of the lesson with this text into the empty `folder`, or say
    why it cannot be built. Bounds do not count, and a draft is built like any lesson."""
    site = build_alone(text, root)
    if site.problems:
        return site.problems
    for name, content in site.notebooks.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return Preview(folder, next(folder / name for name in site.notebooks if name.endswith("ipynb")))


def preview_page(preview: Preview) -> str:
    """The notebook as one page of HTML that needs no network, after a run with nothing written in
    it. What a page cannot do stands there as text: a quiz has no buttons."""
    notebook = run_notebook(preview.notebook)
    _leave_widgets_out(notebook)
    exporter: Any = HTMLExporter(  # type: ignore[no-untyped-call]
        mathjax_url="", require_js_url="", jquery_url="", mermaid_js_url=""
    )
    page: str = exporter.from_notebook_node(
        notebook, resources={"metadata": {"name": preview.notebook.stem}}
    )[0]
    return page


def _leave_widgets_out(notebook: NotebookNode) -> None:
    """A widget needs a kernel; beside it stands what is shown where there is none."""
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
