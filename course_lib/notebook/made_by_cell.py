"""Which cell of a notebook makes a name: what a learner has to run who has left that cell out."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager


def line_that_makes(name: str, notebook: Path) -> str | None:
    """The first line of a notebook's cells that gives `name` a value; None where there is none.

    A file that cannot be read, or is no notebook, has no such line.
    """
    lines = (line for cell in _code_cells(notebook) for line in _lines_that_make(name, cell))
    return next(lines, None)


def makes(name: str, cell: str) -> bool:
    """Whether the text of a cell gives `name` a value."""
    return any(True for _ in _lines_that_make(name, cell))


def _code_cells(notebook: Path) -> list[str]:
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, LookupError, TypeError):
        return []


def _lines_that_make(name: str, cell: str) -> Iterator[str]:
    """Of what stands in the cell itself, not within a function or a condition."""
    manager: Any = TransformerManager  # it has no types
    try:
        # Magics become calls, line by line, so that Python can read the rest.
        text: str = manager().transform_cell(cell)
        parsed = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    for statement in parsed.body:
        if name in _names_made(statement):
            yield text.splitlines()[statement.lineno - 1]


def _names_made(statement: ast.stmt) -> set[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {one.asname or one.name for one in names}
        case ast.Assign(targets=targets):
            nodes = [node for target in targets for node in ast.walk(target)]
            stored = [one for one in nodes if isinstance(one, ast.Name)]
            return {one.id for one in stored if isinstance(one.ctx, ast.Store)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
    return set()
