"""The kinds of requirement for a function with a database: judged by what it does to that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..box import Stopped
from ..findings import Finding
from ..kinds.kind import Parameters
from ..kinds.unchanged import compare_states
from ..state import State
from .database import Left
from .made import Made, findings, stopped
from .prepared import Ending

STILL_OPEN = "a transaction is still open, so nobody else sees what was done"


def judge_leaves(made: Sequence[Made], parameters: Parameters) -> Iterator[Finding]:
    """Each call leaves the database as the model does, for others to see."""

    def wrong(one: Made) -> tuple[str, str] | None:
        ending, left = _both(one)
        if isinstance(one.came, Stopped) and not (one.came.why == "raised" and ending.raises):
            return stopped(one, one.came), "a call that comes to its end"
        different = _difference(left.moments[-1], ending.after)
        if left.open:
            return STILL_OPEN, "a COMMIT or a ROLLBACK for every BEGIN"
        return different

    yield from findings(made, wrong, "another database")


def judge_all_or_nothing(made: Sequence[Made], parameters: Parameters) -> Iterator[Finding]:
    """At no moment of a call others see anything but the state before it, or the model's end."""

    def wrong(one: Made) -> tuple[str, str] | None:
        ending, left = _both(one)
        for moment in left.moments[1:]:
            if moment not in (left.moments[0], ending.after):
                object_is, _ = _difference(moment, ending.after) or ("", "")
                return f"others saw it half done: {object_is}", "all of it at once, or nothing"
        return None

    yield from findings(made, wrong, "others saw it half done")


def judge_raises(made: Sequence[Made], parameters: Parameters) -> Iterator[Finding]:
    """Each call ends with an error, as the model's does: whoever called has to hear of it."""

    def wrong(one: Made) -> tuple[str, str] | None:
        if not isinstance(one.came, Stopped):
            return "it returned, as if all had gone well", "the error, let out"
        return None if one.came.why == "raised" else (stopped(one, one.came), "the error, let out")

    yield from findings(made, wrong, "no error")


def _both(one: Made) -> tuple[Ending, Left]:
    assert one.prepared.ending is not None and one.left is not None, "the function has a database"
    return one.prepared.ending, one.left


def _difference(found: State, expected: State) -> tuple[str, str] | None:
    """The first thing that is not as expected, with its object, and what was expected."""
    every = compare_states(found, expected, frozenset(), show_rows=True, before=False)
    first = next(every, None)
    return None if first is None else (f"{first.object}: {first.is_}", first.expected)
