"""What a requirement sees in one world, and how values and errors are put into words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from course_lib.migrations import StepFailure, one_line

from .answer import Answer
from .exercise import Expected, Task
from .state import State
from .trial import Outcome, Trial

_STOPPED = {
    "InterruptException": "it was stopped, since it ran for longer than a statement may run here",
    "OutOfMemoryException": "it was stopped, since it needs more memory than there is here",
}

# The way of an answer that stops early ends before some stations.
NOT_REACHED = Outcome((), "not tried: the migrations never got there", "NotReached")

_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Stop:
    """Where an answer stopped: the step that failed, and in which migration ("" for the only one
    that is asked for)."""

    failure: StepFailure
    migration: str


@dataclass(frozen=True)
class Evidence:
    """What happened to an answer in one world: up, rows written, down, up again.

    `world` is the world's title. `after_up` is the state where the up stopped when it failed; what
    was not reached is None. `show_rows` is False for hidden rows: then no message may hold a value
    of theirs. `trials` is what came of the statements that the requirements try along the way.
    """

    task: Task
    world: str
    expected: Expected
    show_rows: bool
    answer: Answer
    after_up: State
    trials: Mapping[Trial, Outcome] = field(default_factory=dict)
    up_stop: Stop | None = None
    write_failure: str | None = None
    down_stop: Stop | None = None
    after_down: State | None = None
    again_stop: Stop | None = None

    def outcome(self, trial: Trial) -> Outcome:
        """What came of a trial; one that was never reached has an error that says so."""
        return self.trials.get(trial, NOT_REACHED)


@dataclass(frozen=True)
class Finding:
    """Something that is not as asked, in one world. `place` is where to look, if it is known."""

    object: str
    is_: str
    expected: str
    place: str = ""


def refused(stop: Stop | Outcome, show_rows: bool) -> str:
    """What DuckDB said, on one line. Its words can hold values of rows: hidden ones stay hidden."""
    failure = stop.failure if isinstance(stop, Stop) else stop
    if failure is NOT_REACHED:
        return failure.error
    if failure.error_class in _STOPPED:
        return _STOPPED[failure.error_class]
    # What an operation refuses, it says in words of its own.
    whose = "DuckDB refuses it" if getattr(failure, "by_database", True) else "it is refused"
    if not show_rows:
        return f"{whose} ({failure.error_class})"
    return f"{whose}: {error_line(failure.error)}"


def error_line(error: str) -> str:
    """The sentence of a DuckDB error, without the picture of the line that follows it."""
    return one_line(error.split("\n\nLINE ")[0], 240)


def step_name(stop: Stop, direction: str) -> str:
    """Which step, in words: `step 3 of the up, line 9`."""
    failure = stop.failure
    of = f"{direction} of {stop.migration}" if stop.migration else direction
    if not failure.step.line:
        return f"the end of the {of}, where the transaction is committed"
    return f"step {failure.index + 1} of the {of}, line {failure.step.line}"


def step_place(stop: Stop) -> str:
    """The statement, as the place to look; nothing where the failure was the COMMIT."""
    step = stop.failure.step
    if not step.line:
        return ""
    return f"Line {step.line}: {one_line(step.sql, 100)}"


def value(text: str | None) -> str:
    """A value as SQL would write it, cut where it is long: NULL, '', 'Zoë'.

    >>> value("it's")
    "'it''s'"
    """
    if text is None:
        return "NULL"
    short = text if len(text) <= 40 else text[:39] + "…"
    return "'" + short.replace("'", "''").replace("\n", "⏎") + "'"


def printable(text: str) -> str:
    """The text without control characters and marks that change the direction of writing: what a
    learner's database holds must not command the terminal or the page that shows it."""
    return "".join(
        "\ufffd" if unicodedata.category(c) == "Cc" or c in _DIRECTIONS else c for c in text
    )
