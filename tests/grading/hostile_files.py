"""Attacks that change the files of a submission, given its notebook; the docstring says how."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import nbformat

from tests.grading.submissions import ANSWER, LESSON, NOTEBOOK, cell_of


def duckdb_py(notebook: Path) -> None:
    """a file named like a library, which runs when the library is imported"""
    for name in ("duckdb.py", "course_lib.py", "json.py", "sitecustomize.py", "IPython.py"):
        notebook.with_name(name).write_text("open('../../../stolen.csv', 'w')")


def ipykernel_launcher_py(notebook: Path) -> None:
    """a file that runs in the place of the kernel"""
    notebook.with_name("ipykernel_launcher.py").write_text("open('../../../stolen.csv', 'w')")


def ipython_config_py(notebook: Path) -> None:
    """a configuration of IPython and of nbgrader"""
    for name in ("ipython_config.py", "nbgrader_config.py", "jupyter_config.py"):
        notebook.with_name(name).write_text("open('../../../stolen.csv', 'w')")


def page_link(notebook: Path) -> None:
    """a link named like a feedback page, to the class's secret"""
    notebook.with_name("x.html").symlink_to("../../../secret.txt")


def data_links(notebook: Path) -> None:
    """links in the place of the data that grading takes along"""
    notebook.with_name("answers").symlink_to("../../..")
    notebook.with_name("timestamp.txt").symlink_to("../../../secret.txt")
    notebook.with_name("world.sql").unlink()
    notebook.with_name("world.sql").symlink_to("../../../secret.txt")


def link_to_other_work(notebook: Path) -> None:
    """a link to the notebook of somebody who has it right"""
    notebook.unlink()
    notebook.symlink_to(Path("..") / ".." / "zoe" / LESSON / NOTEBOOK)


def pipe(notebook: Path) -> None:
    """a named pipe, which keeps its reader waiting for ever"""
    notebook.unlink()
    os.mkfifo(notebook)


def pipe_for_a_timestamp(notebook: Path) -> None:
    """a named pipe beside the notebook"""
    os.mkfifo(notebook.with_name("timestamp.txt"))


def no_timestamp(notebook: Path) -> None:
    """a timestamp that is no time"""
    notebook.with_name("timestamp.txt").write_text("tomorrow, perhaps")


def two_hundred_megabytes(notebook: Path) -> None:
    """a notebook of 200 MB"""
    with notebook.open("ab") as file:
        file.truncate(200 << 20)


def a_million_cells(notebook: Path) -> None:
    """a notebook of a million cells"""
    cells = '{"cell_type":"raw","source":"","metadata":{}},' * 250_000
    notebook.write_text(
        f'{{"nbformat":4,"nbformat_minor":5,"metadata":{{}},"cells":[{cells[:-1]}]}}'
    )


def nested_json(notebook: Path) -> None:
    """JSON nested half a million deep"""
    notebook.write_text("[" * 500_000)


def nul_bytes(notebook: Path) -> None:
    """NUL bytes, half a character and a broken one in the answer"""
    text = nbformat.read(notebook, as_version=4)
    cell_of(text, ANSWER).source += "\n-- \x00 and \x1b[2J"
    data = json.dumps(text).replace("and", "\\ud800")
    notebook.write_text(data)


def old_format(notebook: Path) -> None:
    """a notebook of another format"""
    notebook.write_text(json.dumps({"nbformat": 3, "nbformat_minor": 0, "worksheets": [1]}))


FILES: tuple[Callable[[Path], None], ...] = (
    *(duckdb_py, ipykernel_launcher_py, ipython_config_py, page_link, data_links),
    *(link_to_other_work, pipe, pipe_for_a_timestamp, no_timestamp, two_hundred_megabytes),
    *(a_million_cells, nested_json, nul_bytes, old_format),
)
