"""Lessons run in real kernels, each notebook twice in one folder; the outputs are kept.

The kernels have an empty home folder, and what they ask of the network is refused and noted.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

LESSONS = Path(__file__).parents[2] / "lessons"
NO_NETWORK = Path(__file__).parent / "no_network"
NAMES = tuple(sorted(text.parent.name for text in LESSONS.glob("*/lesson.md")))

Rounds = tuple[NotebookNode, NotebookNode]
"""The notebook after its first and after its second run."""


@dataclass
class Site:
    """`notebooks/` and `course/` as the build writes them; notebooks run when asked for."""

    root: Path
    files: Mapping[str, bytes]
    _runs: dict[Path, list[NotebookNode]] = field(default_factory=dict)

    def released(self, lesson: str) -> Rounds:
        """The learner's notebook, with nothing written in it."""
        folder = self.root / "notebooks" / lesson
        return self._round(folder, 0), self._round(folder, 1)

    def solved(self, lesson: str) -> Rounds:
        """The instructor's notebook, with its solutions, and the hidden databases in its checks."""
        folder = self.root / "course" / "source" / lesson
        return self._round(folder, 0), self._round(folder, 1)

    def released_once(self, lesson: str, again: bool) -> NotebookNode:
        """One of the two runs of `released`; the other one may come later."""
        return self._round(self.root / "notebooks" / lesson, int(again))

    def solved_once(self, lesson: str, again: bool) -> NotebookNode:
        """One of the two runs of `solved`; the other one may come later."""
        return self._round(self.root / "course" / "source" / lesson, int(again))

    @property
    def home(self) -> Path:
        """The home folder of all kernels."""
        return self.root / "home"

    @property
    def temporary(self) -> Path:
        """Where all kernels put temporary files."""
        return self.root / "temporary"

    @property
    def asked_network(self) -> list[str]:
        """What the kernels asked of the network, and did not get."""
        noted = self.root / "asked"
        return noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []

    def repaired(self, lesson: str, texts: Mapping[str, str], folder: Path) -> NotebookNode:
        """The solved notebook with these texts replaced, run once, in a new `folder`."""
        of_lesson = f"course/source/{lesson}/"
        for name in (one for one in self.files if one.startswith(of_lesson)):
            path = folder / lesson / name.removeprefix(of_lesson)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.files[name])
        path = folder / lesson / f"{lesson}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        for old, new in texts.items():
            assert any(old in cell.source for cell in notebook.cells), old
            for cell in notebook.cells:
                cell.source = cell.source.replace(old, new)
        nbformat.write(notebook, path)
        return self.run(folder / lesson)

    def in_terminal(self, lesson: str) -> list[subprocess.CompletedProcess[str]]:
        """What the lines for a terminal say that stand in a lesson's text, where it was solved."""
        text = (LESSONS / lesson / "lesson.md").read_text(encoding="utf-8")
        return [
            subprocess.run(
                [sys.executable, "-m", "course_lib.cli", *line.split()],
                cwd=self.root / "course" / "source" / lesson,
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            for line in re.findall(r"^updown (.+)$", text, re.MULTILINE)
        ]

    def _round(self, folder: Path, number: int) -> NotebookNode:
        runs = self._runs.setdefault(folder, [])
        while len(runs) <= number:
            runs.append(self.run(folder))
        return runs[number]

    def run(self, folder: Path) -> NotebookNode:
        """The notebook of a lesson's folder, run from top to bottom in a kernel of its own."""
        notebook = nbformat.read(folder / f"{folder.name}.ipynb", as_version=4)
        client = NotebookClient(
            notebook, timeout=60, allow_errors=True, resources={"metadata": {"path": str(folder)}}
        )
        self.home.mkdir(exist_ok=True)
        self.temporary.mkdir(exist_ok=True)
        client.execute(
            env={
                **os.environ,
                "UPDOWN_COURSE": str(self.root / "course"),
                "HOME": str(self.home),
                "TMPDIR": str(self.temporary),
                "IPYTHONDIR": str(self.root / "ipython"),
                "PYTHONPATH": str(NO_NETWORK),
                "UPDOWN_ASKED_NETWORK": str(self.root / "asked"),
            }
        )
        return notebook


def output_of(notebook: NotebookNode, source: str, *, nth: int = 0) -> str:
    """What the nth cell (of all: `nth=-1` is the last) whose text holds `source` shows, as text."""
    cells = [c for c in notebook.cells if c.cell_type == "code" and source in c.source]
    return "\n".join(o["data"]["text/plain"] for o in cells[nth].outputs if "data" in o)


def noise(notebook: NotebookNode) -> list[str]:
    """Outputs that a lesson never has: errors, and text outside the cells' own messages."""
    return [
        str(output)
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type in ("error", "stream")
    ]


def marks(notebook: NotebookNode) -> dict[str, tuple[float, float]]:
    """Of each check: the points that it gave and those that it can give, as nbgrader reads them."""
    return {
        cell.metadata.nbgrader.grade_id: (
            float(output_of(notebook, cell.source).splitlines()[0]),
            float(cell.metadata.nbgrader.points),
        )
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.source.startswith("check(")
    }
