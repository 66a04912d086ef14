"""The engine needs DuckDB and the standard library alone, and its examples are true."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import course_lib
from course_lib import migrations

ROOT = Path(course_lib.__file__).parent
MODULES = [
    module.name for module in pkgutil.walk_packages(migrations.__path__, f"{migrations.__name__}.")
]

# Reading the bytes of a database that this process has open drops DuckDB's lock on it.
READERS = {"copy", "copy2", "copyfile", "copytree", "read_bytes", "make_archive"}


def test_the_engine_imports_duckdb_and_the_standard_library_only() -> None:
    code = (
        "import sys; before = set(sys.modules); import course_lib.migrations;"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT.parent
    )
    foreign = set(done.stdout.split()) - set(sys.stdlib_module_names)
    assert foreign <= {"duckdb", "_duckdb", "course_lib"}, foreign


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_engine_never_reads_the_bytes_of_a_database() -> None:
    found = {
        (path.name, name)
        for path in sorted((ROOT / "migrations").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (name := called(node)) in READERS | {"open"}
    }
    # Files of migrations and of the process table, and a shadow's log, which are no databases.
    files = {("text.py", "open"), ("new.py", "open"), ("holder.py", "read_bytes")}
    assert found <= files | {("written.py", "open"), ("copier.py", "open")}
    # This one does read databases: as a program in a process of its own.
    code = "import sys, course_lib.migrations; print('course_lib.migrations.copier' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))
