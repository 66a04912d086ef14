"""The line of a notebook that makes a name, read from the file as it stands."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from course_lib.notebook.made_by_cell import line_that_makes, makes

CELLS = (
    "%%sql\nSELECT mine FROM timeline;",
    "%migrate up\nif True:\n    hidden = 1\nlesson.timeline = 1",
    "timeline = lesson.timeline()\n%migrate up",
    "timeline = other()",
    "import json as j\nfrom pathlib import Path",
    "def new():\n    inner = 1\n    return inner\n\n\nmine, yours = new(), new()",
    "this is not Python",
)


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    cells = [nbformat.v4.new_markdown_cell("told = 1")]
    cells += [nbformat.v4.new_code_cell(cell) for cell in CELLS]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "lesson.ipynb")
    return tmp_path / "lesson.ipynb"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("timeline", "timeline = lesson.timeline()"),
        ("j", "import json as j"),
        ("Path", "from pathlib import Path"),
        ("new", "def new():"),
        ("yours", "mine, yours = new(), new()"),
    ],
)
def test_the_first_line_that_makes_a_name(notebook: Path, name: str, line: str) -> None:
    assert line_that_makes(name, notebook) == line


@pytest.mark.parametrize("name", ["hidden", "inner", "lesson", "told", "json", "other", "is"])
def test_a_name_that_no_cell_makes_for_the_others(notebook: Path, name: str) -> None:
    assert line_that_makes(name, notebook) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 1}', '{"cells": [{"source": ["x"]}]}'])
def test_a_file_that_is_no_notebook_makes_nothing(tmp_path: Path, text: str) -> None:
    broken = tmp_path / "broken.ipynb"
    broken.write_text(text)
    assert line_that_makes("x", broken) is None
    assert line_that_makes("x", tmp_path / "missing.ipynb") is None


def test_whether_a_cell_makes_a_name() -> None:
    assert makes("timeline", CELLS[2])
    assert not makes("timeline", CELLS[0])
    assert not makes("timeline", "timeline.up()")
