"""A migration written in Python: `up(db)` and `down(db)`, or a list of operations.

Reading parses the file and runs none of it. A function runs when the migration does.
"""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

from ..errors import Problem, place
from ..migration import Migration, Step, checksum
from .entries import Entry
from .operation_list import read_operations
from .parsed import Parsed, only
from .python_function import PythonFunction
from .text import with_line_feeds

_NO_DOWN = "the file has no function down(db)"


def parse_python(entry: Entry, text: str, *, in_folder: bool = True) -> Parsed:
    """The migration of a Python file's text, which may not be `in_folder` at all."""
    file = str(entry.up)
    source = with_line_feeds(text)
    tree = _parse(source, file)
    if isinstance(tree, Problem):
        return Parsed(None, (tree,))
    functions = {
        node.name: PythonFunction(source, file, node.name, node.lineno, _first_line(node))
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    values = dict(pair for node in tree.body for pair in _assigned(node))
    problems = (
        *_problems(functions, values, file),
        *_not_read(tree, file),
        *(_neighbours(tree, entry.up) if in_folder else ()),
    )
    if problems:
        return Parsed(None, problems)
    irreversible = None
    down: tuple[Step, ...] | None
    if "operations" in values:
        listed = read_operations(values["operations"].value, functions, file)
        if isinstance(listed, Problem):
            return Parsed(None, (listed,))
        up, down, irreversible = listed.up, listed.down, listed.irreversible
    else:
        up = (functions["up"].as_step(),)
        down = (functions["down"].as_step(),) if "down" in functions else None
        irreversible = None if down else _NO_DOWN
    if not up:
        line = values["operations"].lineno
        what = "there is no operation in the list"
        return only("empty", place(file, line), what, "write the operations that make the change")
    transaction = _transaction(values)
    migration = Migration(
        number=entry.number,
        name=entry.name,
        file=file,
        up=up,
        down=down,
        up_transaction=transaction,
        down_transaction=transaction,
        checksum=checksum(text),
        irreversible=irreversible,
    )
    return Parsed(migration, ())


def _parse(source: str, file: str) -> ast.Module | Problem:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source, filename=file)
    except SyntaxError as error:
        line, what = error.lineno or 1, error.msg
    except (ValueError, RecursionError, MemoryError) as error:
        line, what = 1, str(error) or "it is nested too deeply"
    return Problem(
        "syntax",
        place(file, line),
        f"Python cannot read the file: {what}",
        "correct the line, nothing was run",
    )


def _problems(
    functions: dict[str, PythonFunction], values: dict[str, ast.Assign], file: str
) -> Iterator[Problem]:
    if ("up" in functions) == ("operations" in values):
        what = "the file has a function up(db) and a list of operations, and only one can be run"
        if "up" not in functions:
            what = "the file has neither a function up(db) nor a list of operations"
        yield Problem(
            "no-up",
            place(file, 1),
            what,
            "write `def up(db):` or `operations = [...]`, one of them",
        )
    elif "down" in functions and "operations" in values:
        what = "each operation knows its own reverse, so nothing would run the function down(db)"
        line = functions["down"].line
        yield Problem("outside", place(file, line), what, "remove the function")
    marked = values.get("transaction")
    if marked is not None and not (
        isinstance(marked.value, ast.Constant) and isinstance(marked.value.value, bool)
    ):
        what = "`transaction` is neither True nor False"
        yield Problem("marker", place(file, marked.lineno), what, "write `transaction = False`")


def _not_read(tree: ast.Module, file: str) -> Iterator[Problem]:
    """What would be lost without a word: only the one list at the top is read, and no generator."""
    top = [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    inner = [one for node in top for one in ast.walk(node)]
    named = [one for one in inner if isinstance(one, ast.Name) and one.id == "operations"]
    for name in named[1:]:
        what = "`operations` is used a second time, and only one list is read"
        told = "write all operations in one list, or `def up(db):` in place of it"
        yield Problem("operation", place(file, name.lineno), what, told)
    for node in tree.body:
        if _is_generator(node):
            what = "a function yields, so calling it would run nothing"
            yield Problem("yield", place(file, node.lineno), what, "call db.execute without yield")


def _neighbours(tree: ast.Module, path: Path) -> Iterator[Problem]:
    """Imports of files beside a migration, which its checksum does not speak for."""
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    for node in found:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            dots = "." * node.level
            named = [node.module] if node.module else [alias.name for alias in node.names]
            names = [f"{dots}{name}" for name in named]
        for name in names:
            first = name.partition(".")[0]
            beside = path.parent / first
            is_file = beside.with_suffix(".py").is_file() or (beside / "__init__.py").is_file()
            if not first or (is_file and first not in sys.stdlib_module_names):
                yield Problem(
                    "neighbour",
                    place(str(path), node.lineno),
                    f"it imports {name} from its own folder, and the checksum of a migration holds"
                    " for its own text alone",
                    "write what it needs into the file itself, or install it as a package",
                )


def _is_generator(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.FunctionDef)
        and node.name in ("up", "down")
        and any(isinstance(inner, ast.Yield | ast.YieldFrom) for inner in ast.walk(node))
    )


def _assigned(node: ast.stmt) -> Iterator[tuple[str, ast.Assign]]:
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        plain = ast.Assign([node.target], node.value)
        node = ast.copy_location(plain, node)
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, node


def _transaction(values: dict[str, ast.Assign]) -> bool:
    marked = values.get("transaction")
    return marked is None or ast.literal_eval(marked.value) is True


def _first_line(node: ast.FunctionDef) -> str:
    return (ast.get_docstring(node) or "").strip().partition("\n")[0].rstrip(".")
