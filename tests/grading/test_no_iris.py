"""What builds a course or works on a class starts without the grammar of IRIs (a second)."""

from __future__ import annotations

import subprocess
import sys

import pytest

AFTERWARDS = "print('lark' in sys.modules, 'nbgrader' in sys.modules)"


def said(source: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.strip()


def test_the_grammar_is_there_to_be_left_out() -> None:
    assert said("import nbformat, sys; print('lark' in sys.modules)") == "True"


@pytest.mark.parametrize(
    "room", ["authoring", "classroom.grade_one", "classroom.course_folder", "classroom.release"]
)
def test_a_program_of_ours_does_without(room: str) -> None:
    assert said(f"import sys, course_lib.{room}; {AFTERWARDS}") == "False True"


def test_notebooks_are_validated_all_the_same() -> None:
    looks = """
import course_lib.classroom, nbformat
from nbformat.v4 import new_code_cell, new_notebook
notebook = new_notebook(cells=[new_code_cell("1")])
nbformat.validate(notebook)
notebook.cells[0].source = 1
try:
    nbformat.validate(notebook)
except nbformat.ValidationError:
    print("refused")
"""
    assert said(looks) == "refused"
