"""A CSV whose cells stay what they are when it is opened in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from course_lib.whole_file import write_whole

Row = Sequence[object]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")
"""What a spreadsheet takes a cell for that begins so: a formula, or a call of a program."""


def safe_cell(value: object) -> object:
    """A number as it is, None as an empty cell; a text so that it stays a text when it is opened in
    a spreadsheet."""
    if value is None or isinstance(value, int | float):
        return "" if value is None else value
    text = str(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text[:1] in _FORMULA else text


def safe_sheet(columns: Row, rows: Iterable[Row]) -> str:
    """The text of a CSV, each cell of its rows made safe."""
    return plain_sheet([columns, *([safe_cell(cell) for cell in row] for row in rows)])


def plain_sheet(rows: Iterable[Row], separator: str = ",") -> str:
    """The text of a CSV, each cell as it is."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n", delimiter=separator).writerows(rows)
    return text.getvalue()


def write_sheet(path: Path, text: str, *, for_people: bool = False) -> None:
    """Write it whole or not at all, for this account alone to read.

    `for_people` puts a byte-order mark first: Excel takes a file without one for one in its
    country's own encoding. Programs that import marks get none.
    """
    write_whole(path, text.encode("utf-8-sig" if for_people else "utf-8"), mode=0o600)
