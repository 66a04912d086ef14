"""An answer that is a list of operations, read into a migration. Nothing of it is run.

Python reads the text into a tree, and the engine makes operations of the plain values in it. A
function of the answer's own would have to run where the check is, so there is none.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from course_lib.migrations import Migration, Problem, one_line
from course_lib.migrations.formats import Entry, parse_python
from course_lib.migrations.formats.text import decode
from course_lib.migrations.migration import number_of
from course_lib.migrations.operations.operation import OPERATION
from course_lib.migrations.source import place

from .out_of_place import asked, out_of_place

_PYTHON = "PYTHON"


def read_list(name: str, text: str | bytes) -> tuple[Migration | None, Problem | None]:
    """The migration of a file's text, or what keeps it from being run: `empty` where nothing is
    written yet."""
    file = f"{name}.py"
    decoded = text if isinstance(text, str) else decode(text, file)
    if isinstance(decoded, Problem):
        return None, decoded
    if not decoded.strip():
        what, told = "there is nothing in it", "write `operations = [...]`"
        return None, Problem("empty", file, what, told)
    entry = Entry(number_of(name) or 0, name, "python", Path(file))
    parsed = parse_python(entry, decoded, in_folder=False)
    if parsed.problems:
        return None, parsed.problems[0]
    migration = parsed.migration
    assert migration is not None, "a file without problems is a migration"
    return next(((None, problem) for problem in _wrong(migration, decoded)), (migration, None))


def _wrong(migration: Migration, text: str) -> Iterator[Problem]:
    for step in (*migration.up, *(migration.down or ())):
        where = place(migration.file, step.line)
        if step.kind == _PYTHON:
            yield Problem(
                "operation",
                where,
                f"`{one_line(step.sql, 60)}` is a function of your own, and a list is asked for",
                "write operations with plain values; run_sql takes any SQL",
            )
        does = out_of_place(step) if step.kind != OPERATION else ""
        if does:
            yield _out_of_place(where, step.sql, does)
    # An operation makes its SQL of these; what it comes to is not known before it runs.
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            name = next(asked(node.value), None)
            if name:
                does = f"asks the database about itself ({name})"
                yield _out_of_place(place(migration.file, node.lineno), node.value, does)


def _out_of_place(where: str, sql: str, does: str) -> Problem:
    return Problem(
        "statement",
        where,
        f"{one_line(sql, 60)} {does}, which this migration has no need of",
        "remove it; the operations, and run_sql for what changes tables and rows, are enough",
    )
