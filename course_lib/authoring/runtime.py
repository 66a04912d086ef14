"""How long a lesson runs: its notebook with the model solutions, in a fresh kernel."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from course_lib.authoring.course_site import Site, make_lesson, make_page
from course_lib.authoring.lesson import LessonProblem
from course_lib.authoring.write import write_site

SECONDS_PER_CELL = 120


@dataclass(frozen=True)
class Ran:
    """The run of a notebook from its first cell to its last: wall time, the kernel's start
    included, and the first line of each error."""

    seconds: float
    faults: tuple[str, ...]


def run_lesson(text: Path, root: Path, folder: Path) -> Ran | tuple[LessonProblem, ...]:
    """Build the lesson with this text into the empty `folder` and run it there, or say why it
    cannot be built."""
    site = build_alone(text, root)
    if site.problems:
        return site.problems
    write_site(site, folder / "notebooks", folder / "course")
    sources = sorted(folder.glob("course/source/*/*.ipynb"))
    return _run((sources or sorted(folder.glob("notebooks/*.ipynb")))[0], folder / "course")


def build_alone(text: Path, root: Path) -> Site:
    """A site with one lesson, or one page, whatever its bounds; a draft as well."""
    lesson = text.name == "lesson.md"
    return make_lesson(text.parent, root) if lesson else make_page(text, root)


def run_notebook(path: Path, environment: Mapping[str, str] = os.environ) -> NotebookNode:
    """The notebook with its outputs, errors among them, run in its folder in a fresh kernel."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        allow_errors=True,
        resources={"metadata": {"path": str(path.parent)}},
    )
    # What a cell says on standard error is in its output; the rest is what the kernel and DuckDB
    # remark about themselves.
    client.execute(env=dict(environment), stderr=subprocess.DEVNULL)
    return notebook


def _run(path: Path, course: Path) -> Ran:
    begin = time.monotonic()
    notebook = run_notebook(path, {**os.environ, "UPDOWN_COURSE": str(course)})
    seconds = time.monotonic() - begin
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    faults = [f"{one.ename}: {one.evalue}" for one in outputs if one.output_type == "error"]
    return Ran(seconds, tuple(fault.splitlines()[0] for fault in faults))
