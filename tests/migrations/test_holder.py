"""Who holds a database file: the kernel of a notebook, some kernel, or another program."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from course_lib.migrations.holder import Holder, find_holder

WAIT = "import sys; print('here', flush=True); sys.stdin.read()"


@contextmanager
def process(*arguments: str, **environment: str) -> Iterator[int]:
    """The id of a process that runs with these arguments and variables."""
    with subprocess.Popen(
        [sys.executable, "-c", WAIT, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    ) as running:
        assert running.stdout is not None and running.stdout.readline() == "here\n"
        yield running.pid
        running.communicate()


def test_the_kernel_of_a_notebook_is_told_with_its_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    notebook = str(tmp_path / "lessons" / "04-adding-a-column.ipynb")
    with process("ipykernel_launcher", JPY_SESSION_NAME=notebook) as pid:
        holder = find_holder(pid)
    assert holder == Holder(pid, True, "lessons/04-adding-a-column.ipynb")
    told = f"the kernel of lessons/04-adding-a-column.ipynb (process {pid})"
    assert holder.describe() == told
    assert "`%migrate release` in a cell of 04-adding-a-column.ipynb" in holder.how_to_let_go()


def test_a_notebook_outside_this_folder_keeps_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    notebook = str(tmp_path / "a.ipynb")
    with process("-m", "ipykernel", JPY_SESSION_NAME=notebook) as pid:
        assert find_holder(pid).notebook == notebook


def test_a_kernel_without_a_notebook_is_a_kernel() -> None:
    with process("-f", "kernel-4711.json", JPY_SESSION_NAME="") as pid:
        holder = find_holder(pid)
    assert holder.describe() == f"a Jupyter kernel (process {pid})"
    assert "in a cell of its notebook" in holder.how_to_let_go()


def test_another_program_is_no_kernel_whatever_its_environment_says() -> None:
    with process("serve", JPY_SESSION_NAME="a.ipynb") as pid:
        holder = find_holder(pid)
    assert holder == Holder(pid, False, None)
    assert holder.how_to_let_go() == "close the database there, then try again"


def test_a_process_that_has_ended_is_another_program() -> None:
    with process() as pid:
        pass
    assert find_holder(pid) == Holder(pid, False, None)
