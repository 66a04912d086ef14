"""What a requirement sees in one world, and how values and errors are put into words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from course_lib.migrations import StepFailure, one_line

from .exercise import Expected
from .state import State

_STOPPED = {
    "InterruptException": "it was stopped, since it ran for longer than a statement may run here",
    "OutOfMemoryException": "it was stopped, since it needs more memory than there is here",
}

_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Evidence:
    """What happened to an answer in one world: up, rows written, down, up again.

    `world` is the world's title. `after_up` is the state where the up stopped when it failed; what
    was not reached is None. `show_rows` is False for hidden rows: then no message may hold a value
    of theirs.
    """

    world: str
    expected: Expected
    show_rows: bool
    has_down: bool
    after_up: State
    up_failure: StepFailure | None = None
    write_failure: str | None = None
    down_failure: StepFailure | None = None
    after_down: State | None = None
    again_failure: StepFailure | None = None


@dataclass(frozen=True)
class Finding:
    """Something that is not as asked, in one world. `place` is where to look, if it is known."""

    object: str
    is_: str
    expected: str
    place: str = ""


def refused(failure: StepFailure, show_rows: bool) -> str:
    """What DuckDB said, on one line. Its words can hold values of rows: hidden ones stay hidden."""
    if failure.error_class in _STOPPED:
        return _STOPPED[failure.error_class]
    if not show_rows:
        return f"DuckDB refuses it ({failure.error_class})"
    return f"DuckDB refuses it: {error_line(failure.error)}"


def error_line(error: str) -> str:
    """The sentence of a DuckDB error, without the picture of the line that follows it."""
    return one_line(error.split("\n\nLINE ")[0], 240)


def step_name(failure: StepFailure, direction: str) -> str:
    """Which step, in words: `step 3 of the up, line 9`."""
    if not failure.step.line:
        return f"the end of the {direction}, where the transaction is committed"
    return f"step {failure.index + 1} of the {direction}, line {failure.step.line}"


def step_place(failure: StepFailure) -> str:
    """The statement, as the place to look; nothing where the failure was the COMMIT."""
    if not failure.step.line:
        return ""
    return f"Line {failure.step.line}: {one_line(failure.step.sql, 100)}"


def value(text: str | None) -> str:
    """A value as SQL would write it, cut where it is long: NULL, '', 'Zoë'.

    >>> value("it's")
    "'it''s'"
    """
    if text is None:
        return "NULL"
    short = text if len(text) <= 40 else text[:39] + "…"
    return "'" + short.replace("'", "''").replace("\n", "⏎") + "'"


def count(number: int, noun: str) -> str:
    """A number and its noun: `1 row`, `3 rows`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def printable(text: str) -> str:
    """The text without control characters and marks that change the direction of writing: what a
    learner's database holds must not command the terminal or the page that shows it."""
    return "".join(
        "\ufffd" if unicodedata.category(c) == "Cc" or c in _DIRECTIONS else c for c in text
    )
