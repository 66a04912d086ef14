"""Cells that draw a timeline or a scene and do nothing else: nobody is there to play them.

Drawing a scene takes longer than a check. What it would show is the lesson's database as it was at
the start, since `%migrate` does not run when grading.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from nbformat import NotebookNode
from nbgrader import utils  # type: ignore[import-untyped]


def pictures(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Those of the cells that only draw, and whose names no other of them knows."""
    code = [cell for cell in cells if cell.cell_type == "code"]
    return [
        cell
        for cell in code
        if not (utils.is_grade(cell) or utils.is_solution(cell))
        and (names := _drawn(cell.source)) is not None
        and not any(_knows(other.source, names) for other in code if other is not cell)
    ]


def _drawn(source: str) -> set[str] | None:
    """The names that a cell gives to what it draws; None for a cell that does anything else."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return None
    names: set[str] = set()
    draws = False
    for one in body:
        match one:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _draws(value):
                names.add(name)
                draws = True
            case ast.Expr(value=ast.Name(id=name)) if name in names:
                pass
            case ast.Expr(value=value) if _draws(value):
                draws = True
            case _:
                return None
    return names if draws else None


def _draws(value: ast.expr) -> bool:
    """Whether it is `scene("...")` or `lesson.timeline()`."""
    match value:
        case ast.Call(func=ast.Name(id="scene"), args=[ast.Constant()], keywords=[]):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(), attr="timeline"), args=[], keywords=[]):
            return True
    return False


def _knows(source: str, names: set[str]) -> bool:
    return any(True for _ in _words(source, names))


def _words(source: str, names: set[str]) -> Iterator[str]:
    return (word for word in re.findall(r"\w+", source) if word in names)
