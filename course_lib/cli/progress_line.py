"""One line on a terminal that says how far a long run is; drawn in place, gone when it is over."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import unicodedata
from collections.abc import Iterator
from typing import TextIO

from course_lib.migrations import OnProgress, progress_text

from .answer import wants_json

_WIDTH = 24


@contextlib.contextmanager
def shown_progress(args: argparse.Namespace) -> Iterator[OnProgress | None]:
    """What draws the line of the engine; None where there is no line."""
    with terminal_line(args) as line:
        yield None if line is None else lambda progress: line.show(progress_text(progress))


@contextlib.contextmanager
def terminal_line(args: argparse.Namespace) -> Iterator[Line | None]:
    """The line until the end of the block; None with `--json` and where standard error is no
    terminal."""
    if wants_json(args) or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    line = Line(sys.stderr)
    try:
        yield line
    finally:
        line.clear()


def bar(done: int, total: int) -> str:
    """A bar of fixed width."""
    full = _WIDTH * done // total if total else _WIDTH
    return f"[{'#' * full}{'-' * (_WIDTH - full)}]"


class Line:
    """A line on a terminal that the next one takes the place of."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._width = 0

    def show(self, text: str) -> None:
        """Show a text, or as much of it as there is room for."""
        try:
            columns = os.get_terminal_size(self._stream.fileno()).columns
        except OSError:
            columns = 80
        # The last column stays free: a full line would begin another one.
        text = fit(text, (columns or 80) - 1)
        width = width_of(text)
        self._write(text + " " * min(self._width - width, columns - 1 - width))
        self._width = width

    def clear(self) -> None:
        """Leave the line empty."""
        if self._width:
            self._write(" " * self._width)
            self._write("")

    def _write(self, text: str) -> None:
        # A terminal that is gone shows nothing; the run goes on.
        with contextlib.suppress(OSError, ValueError, UnicodeError):
            self._stream.write(f"\r{text}")
            self._stream.flush()


def width_of(text: str) -> int:
    """How many columns a text takes: letters of East Asia take two, accents none."""
    return sum(map(_columns, text))


def fit(text: str, columns: int) -> str:
    """The text, or its beginning and an ellipsis, in at most so many columns, on one line."""
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    if width_of(text) <= columns:
        return text
    kept, width = "", 0
    for letter in text:
        width += _columns(letter)
        if width > columns - 1:
            break
        kept += letter
    return f"{kept}…" if columns > 0 else ""


def _columns(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
