"""The proper beginnings of a model answer: what somebody has who stopped half-way."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from .exercise import AnswerText, Language

# The text of an answer, or the text of each migration by its name.
Whole = str | Mapping[str, str]


def beginnings(answer: Whole, names: tuple[str, ...], language: Language) -> Iterator[AnswerText]:
    """Every proper beginning of an answer.

    SQL ends with a whole statement, a list of operations with a whole operation, and a function
    with a line after which Python can read the text.
    """
    if language == "sql":
        yield from beginnings_of_sql(answer, names)
    elif language == "operations":
        yield from beginnings_of_lists(answer, names)
    elif isinstance(answer, str):
        yield from beginnings_of_python(answer)


def beginnings_of_sql(answer: Whole, names: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Those that end with a whole statement.

    >>> [one["001_a"] for one in beginnings_of_sql("SELECT 1;\\nSELECT 2;\\n", ("001_a",))]
    ['SELECT 1;']
    """
    found = []
    for name, text, whole in _each(answer, names):
        lines = text.split("\n")
        for end, line in enumerate(lines):
            if line.rstrip().endswith(";"):
                found.append({**whole, name: "\n".join(lines[: end + 1])})
    yield from found[:-1]


def beginnings_of_lists(answer: Whole, names: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Those that hold the first operations of a list.

    >>> [one["001_a"] for one in beginnings_of_lists("operations = [a(1), b(2)]", ("001_a",))]
    ['operations = [a(1)]\\n']
    """
    found = []
    for name, text, whole in _each(answer, names):
        for number in range(1, len(operations := _operations(text)) + 1):
            listed = f"operations = [{', '.join(operations[:number])}]\n"
            found.append({**whole, name: listed})
    yield from found[:-1]


def beginnings_of_python(answer: str) -> Iterator[str]:
    """Those that end with a whole line and that Python can read.

    >>> list(beginnings_of_python("def f():\\n    n = 1\\n    # done\\n    return n\\n"))
    ['def f():\\n    n = 1', 'def f():\\n    n = 1\\n    # done']
    """
    lines = answer.strip("\n").split("\n")
    for end in range(1, len(lines)):
        beginning = "\n".join(lines[:end])
        if lines[end - 1].strip() and _can_be_read(beginning):
            yield beginning


def _each(answer: Whole, names: tuple[str, ...]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each migration's name and text, and those before it, whole."""
    texts = {names[0]: answer} if isinstance(answer, str) else answer
    for number, name in enumerate(names):
        whole = {one: texts[one] for one in names[:number] if one in texts}
        yield name, texts.get(name, ""), whole


def _operations(text: str) -> list[str]:
    for node in ast.parse(text).body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if isinstance(value, ast.List | ast.Tuple):
            return [ast.unparse(one) for one in value.elts]
    return []


def _can_be_read(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True
