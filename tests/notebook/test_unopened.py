"""Real kernels, started as the course's server starts them, in which no lesson was opened yet."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client import KernelManager
from traitlets.config import PyFileConfigLoader

from .conftest import LESSON, SOURCE

ETC = Path(__file__).parents[2] / "etc"
FIRST = "Run the first code cell of this notebook, then this one again."
BEGIN = f"from course_lib.notebook import begin\nlesson = begin({LESSON!r})"

Run = Callable[[str], tuple[str, ...]]


@contextmanager
def kernel_of_the_server(folder: Path) -> Iterator[Run]:
    """A function that runs a cell and gives the errors that the notebook shows, each as a text."""
    config = PyFileConfigLoader("jupyter_server_config.py", path=str(ETC)).load_config()
    manager = KernelManager(kernel_spec_manager=config.ServerApp.kernel_spec_manager_class())
    manager.start_kernel(cwd=str(folder))
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)

        def run(source: str) -> tuple[str, ...]:
            shown: list[str] = []

            def keep(message: dict[str, Any]) -> None:
                if message["msg_type"] in ("error", "stream"):
                    content = message["content"]
                    lines = content.get("traceback", [json.dumps(content)])
                    shown.append("\n".join(lines) if "Traceback" in str(lines) else " ".join(lines))

            client.execute_interactive(source, timeout=60, output_hook=keep)
            return tuple(shown)

        yield run
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """A kernel in a lesson's folder, whose first cell did not run."""
    folder = tmp_path_factory.mktemp("kernel") / LESSON
    folder.mkdir()
    shutil.copy(SOURCE / "world.sql", folder)
    made = [nbformat.v4.new_code_cell(cell) for cell in (BEGIN, "timeline = lesson.timeline()")]
    nbformat.write(nbformat.v4.new_notebook(cells=made), folder / f"{LESSON}.ipynb")
    with kernel_of_the_server(folder) as run:
        yield run


@pytest.mark.parametrize(
    "cell", ["%%sql\nSELECT 1;", "%migrate up", "%%migration 001_x\n-- migrate:up\nSELECT 1;"]
)
def test_a_magic_before_the_first_cell_says_which_cell_comes_first(run: Run, cell: str) -> None:
    assert run(cell) == (f"No lesson is open yet. {FIRST}",)


@pytest.mark.parametrize(
    ("cell", "name"),
    [('check("add-email")', "check"), ("t = lesson.timeline()", "lesson"), ("quiz('a')", "quiz")],
)
def test_a_name_before_the_first_cell_says_so_too(run: Run, cell: str, name: str) -> None:
    assert run(cell) == (f"There is no `{name}` yet. {FIRST}",)


def test_a_name_of_a_function_that_has_no_value_yet_is_pythons(run: Run) -> None:
    (told,) = run("def f():\n    print(x)\n    x = 1\n\nf()")
    assert "UnboundLocalError" in told and FIRST not in told


def test_other_errors_and_names_after_the_first_cell_are_pythons(run: Run) -> None:
    (told,) = run("1 / 0")
    assert "ZeroDivisionError" in told and "Traceback" in told
    assert run(BEGIN) == ()
    assert run("%%sql\nSELECT 1;") == ()
    (told,) = run("lessn")
    assert "NameError" in told and "Traceback" in told and FIRST not in told


def test_a_name_that_a_cell_left_out_makes_is_told_with_that_cell(run: Run) -> None:
    run(BEGIN)
    assert run("timeline.up()") == (
        "There is no `timeline` yet. The cell with `timeline = lesson.timeline()` makes it: run"
        " that cell, then this one again.",
    )
    # A cell that makes the name itself has another fault.
    (told,) = run("timeline.up()\ntimeline = lesson.timeline()")
    assert "NameError" in told and "The cell with" not in told
    assert run("timeline = lesson.timeline()") == ()


def test_a_kernel_outside_of_a_lesson_is_left_alone(tmp_path: Path) -> None:
    with kernel_of_the_server(tmp_path) as run:
        (told,) = run("lesson")
        assert "NameError" in told and FIRST not in told
        (told,) = run("%%sql\nSELECT 1;")
        assert "%%sql` not found" in told
