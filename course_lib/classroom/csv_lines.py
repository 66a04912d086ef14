"""A CSV file of several learners, without the lines of one: all others stay byte for byte."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

from course_lib.whole_file import write_whole

_MARK = "\ufeff"


def lines_of(path: Path, column: str, value: str) -> int:
    """How many rows have this value in the column; 0 where there is no such file or column.

    Raises ValueError where the file is no CSV in UTF-8.
    """
    return _split(path, column, value)[1]


def drop_lines(path: Path, column: str, value: str) -> None:
    """Write the file without these rows, whole or not at all. Raises ValueError."""
    text, dropped = _split(path, column, value)
    if dropped:
        write_whole(path, text, mode=stat.S_IMODE(path.stat().st_mode))


def _split(path: Path, column: str, value: str) -> tuple[str, int]:
    """The text without the rows, and how many they are."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return "", 0
    lines = list(io.StringIO(text.removeprefix(_MARK), newline=""))
    kept, dropped, begin, place = [], 0, 0, None
    try:
        rows = csv.reader(lines, strict=True)
        for row in rows:
            if begin == 0:
                place = row.index(column) if column in row else None
            elif place is not None and place < len(row) and row[place].strip() == value:
                dropped += 1
                begin = rows.line_num
                continue
            kept += lines[begin : rows.line_num]
            begin = rows.line_num
    except csv.Error as error:
        raise ValueError(f"it is no CSV: {error}") from None
    return text[: len(text) - len(text.removeprefix(_MARK))] + "".join(kept), dropped
