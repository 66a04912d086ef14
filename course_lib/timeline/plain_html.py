"""Pieces of plain HTML without script, sheet or identifier: safe wherever they are pasted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

# Some pages, nbgrader's feedback among them, leave no room between the columns of a table.
_ROOM = ' style="padding: 0.1em 1em 0.1em 0; text-align: start"'


def code(text: str) -> str:
    """All of a text as code; nothing for an empty one."""
    return f"<code>{escape(text)}</code>" if text else ""


def items(tag: str, lines: Iterable[str]) -> str:
    """A list, `ol` or `ul`, of lines that are HTML already; nothing where there is none."""
    rows = "".join(f"<li>{line}</li>" for line in lines)
    return f"<{tag}>{rows}</{tag}>" if rows else ""


def grid(columns: Iterable[str], rows: Iterable[Sequence[str]], *, titled: bool = False) -> str:
    """A table of texts; `titled` when the first cell of each row is its title."""
    head = "".join(f'<th scope="col"{_ROOM}>{escape(column)}</th>' for column in columns)
    body = "".join(f"<tr>{_cells(row, titled)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: Sequence[str], titled: bool) -> str:
    title = f'<th scope="row"{_ROOM}>{escape(row[0])}</th>' if titled else ""
    rest = row[1:] if titled else row
    return title + "".join(f"<td{_ROOM}>{escape(cell)}</td>" for cell in rest)
