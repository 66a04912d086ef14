"""SQL without its magic, and a magic that is misspelt: what is said below the cell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from IPython.core.error import UsageError

from course_lib.notebook.meant_cell import find_advice

PYTHON = SyntaxError("invalid syntax")
UNKNOWN = UsageError("Cell magic not found.")

IN_A_SHELL = """
from IPython.core.interactiveshell import InteractiveShell
from course_lib.notebook import begin

shell = InteractiveShell.instance()
begin("04-adding-a-column")
begin("04-adding-a-column")
print("---")
shell.run_cell("SELECT * FROM users")
shell.run_cell("%%migraton 001_x\\nALTER TABLE users ADD x INTEGER;")
shell.run_cell("1 / 0")
shell.run_cell("%%sql\\nSELECT 1 AS one")
"""


@pytest.mark.parametrize(
    ("source", "error", "said"),
    [
        ("ALTER TABLE users ADD COLUMN phone VARCHAR;", PYTHON, "`%%sql`"),
        ("-- the first\nselect * from users", PYTHON, "`%%sql`"),
        ("-- migrate:up\nALTER TABLE users ADD x INTEGER;", PYTHON, "`%%migration`"),
        ("%%migraton 001_x\n-- migrate:up", UNKNOWN, "`%%migration`"),
        ("%%SQL\nSELECT 1", UNKNOWN, "`%%sql`"),
        ("%migrat up", UNKNOWN, "`%migrate`"),
    ],
)
def test_what_was_meant_is_named(source: str, error: Exception, said: str) -> None:
    assert said in find_advice(source, error)


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("for x in", PYTHON),
        ("selected = = 1", PYTHON),
        ("with open('x') as f:\n    f.read()", NameError("f")),
        ("%matplotlb inline", UNKNOWN),
        ("%%sql --nowhere\nSELECT 1", UsageError("another complaint")),
    ],
)
def test_nothing_is_said_where_nothing_is_known(source: str, error: Exception) -> None:
    assert find_advice(source, error) == ""


def test_it_stands_once_below_the_cell_that_failed(folder: Path) -> None:
    made = [sys.executable, "-c", IN_A_SHELL]
    run = subprocess.run(made, cwd=folder, capture_output=True, text=True, check=True)
    said = run.stdout.partition("---")[2]
    assert said.count("This reads like SQL.") == 1
    assert said.count("Did you mean `%%migration`?") == 1
    assert "one" in said
