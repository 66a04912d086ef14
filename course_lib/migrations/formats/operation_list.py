"""The list of operations of a Python migration, read from its text without running any of it.

Names of operations, literals, and names of functions of the same file: nothing else is needed, and
nothing else is read.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from inspect import signature

from ..errors import Problem, place
from ..migration import Step
from ..operations import OPERATIONS, NoReverse, Operation
from .python_function import PythonFunction

_NEXT = (
    "write plain values, SQL as a text in quotation marks; what has to be worked out needs"
    " `def up(db):` in place of the list"
)
_CORRECT = "correct the call"


@dataclass(frozen=True)
class OperationList:
    """The steps of all operations, those of their reverses from the last to the first, or why one
    of them cannot be taken back."""

    up: tuple[Step, ...]
    down: tuple[Step, ...] | None
    irreversible: str | None


class _UnreadableError(Exception):
    """Something in the list that is no operation with plain values: its line, what it is, and what
    to write."""

    def __init__(self, node: ast.expr, what: str, next_step: str = _NEXT) -> None:
        super().__init__(what)
        self.line = node.lineno
        self.next_step = next_step


def read_operations(
    value: ast.expr, functions: Mapping[str, PythonFunction], file: str
) -> OperationList | Problem:
    """The operations of the list that stands right of `operations =`."""
    try:
        if not isinstance(value, (ast.List, ast.Tuple)):
            raise _UnreadableError(value, "`operations` is not a list")
        read = [(node, _operation(node, functions)) for node in value.elts]
        up = tuple(step for node, one in read for step in _steps(node, one))
        down: list[Step] = []
        for node, one in reversed(read):
            back = one.reverse()
            if isinstance(back, NoReverse):
                reason = f"{ast.unparse(node)} has no reverse: {back.reason}"
                return OperationList(up, None, reason)
            down.extend(_steps(node, back))
    except _UnreadableError as error:
        return Problem("operation", place(file, error.line), str(error), error.next_step)
    return OperationList(up, tuple(down), None)


def _steps(node: ast.expr, operation: Operation) -> list[Step]:
    try:
        return [replace(step, line=node.lineno) for step in operation.steps()]
    except ValueError as error:
        raise _UnreadableError(node, f"{_called(node)}: {error}", _CORRECT) from None


def _operation(node: ast.expr, functions: Mapping[str, PythonFunction]) -> Operation:
    name = _called(node)
    if not isinstance(node, ast.Call) or name not in OPERATIONS:
        what = f"`{_short(node)}` is not one of the operations"
        near = get_close_matches(name, OPERATIONS, n=1, cutoff=0.75)
        if near:
            raise _UnreadableError(node, what, f"write `{near[0]}` if that is the one you mean")
        raise _UnreadableError(node, f"{what} {', '.join(OPERATIONS)}")
    if any(keyword.arg is None for keyword in node.keywords):
        raise _UnreadableError(node, f"{name}: `**` is not a plain value")
    arguments = [_value(argument, functions) for argument in node.args]
    named = {str(word.arg): _value(word.value, functions) for word in node.keywords}
    make: Callable[..., Operation] = OPERATIONS[name]
    try:
        return make(*arguments, **named)
    except (TypeError, ValueError) as error:
        takes = f"; it takes {', '.join(signature(make).parameters)}"
        words = str(error).replace("()", "")
        told = words if name in words else f"{name}: {words}"
        what_to_do = f"{_CORRECT}{takes if isinstance(error, TypeError) else ''}"
        raise _UnreadableError(node, told, what_to_do) from None


def _value(node: ast.expr, functions: Mapping[str, PythonFunction]) -> object:
    if isinstance(node, ast.Name) and node.id in functions:
        return functions[node.id]
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        raise _UnreadableError(node, f"`{_short(node)}` is not a plain value") from None


def _called(node: ast.expr) -> str:
    """The name that a call calls, without the module before it; "" for anything else."""
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _short(node: ast.expr) -> str:
    try:
        text = " ".join(ast.unparse(node).split())
    except RecursionError:
        return "something nested too deeply"
    return text if len(text) <= 60 else text[:59] + "…"
