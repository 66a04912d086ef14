"""The stops on the line: one for each migration that a file or the ledger knows."""

from __future__ import annotations

from collections import Counter
from typing import TypedDict

from course_lib.migrations import Problem
from course_lib.migrations.migration import number_of
from course_lib.migrations.states import broken_files

from .moment import Moment

LETTERS = {
    "start": "S",
    "applied": "A",
    "current": "C",
    "pending": "P",
    "failed": "F",
    "edited": "E",
    "missing": "M",
    "late": "L",
    "twice": "2",
    "unreadable": "U",
}
"""The letter of each state. `current` is the newest that is applied; `twice` a number that two
files have."""

SIGNS = dict(zip(LETTERS, "○■◉□✕◆◌▲⧉⬡", strict=True))
"""The shape of each state, for places without a picture."""


class Stop(TypedDict):
    """`here` marks where the database stands; `to` is what `timeline.to` takes."""

    name: str
    state: str
    letter: str
    sign: str
    words: str
    here: bool
    to: str


def read_stops(moment: Moment) -> list[Stop]:
    """The stops in their order; the first is the state before any migration."""
    newest = max((row.number for row in moment.applied), default=None)
    standing = next((row.name for row in moment.applied if row.number == newest), None)
    stops = [_stop("start", "start", "no migration is applied here", standing is None, "0")]
    twice = {
        n for n, found in Counter(m.number for m in moment.folder.migrations).items() if found > 1
    }
    said: dict[str, tuple[str, str]] = {s.name: (s.state, s.sentence) for s in moment.statuses}
    for name, problems in broken_files(moment.folder).items():
        said.setdefault(name, ("unreadable", _short(problems[0])))
    for migration in moment.folder.migrations:
        if migration.number in twice:
            words = "another file has this number too; give one of them the next free number"
            said[migration.name] = ("twice", words)
    for name in sorted(said, key=lambda one: (number_of(one) or 0, one)):
        state, words = said[name]
        here = name == standing
        if here and state == "applied":
            state = "current"
        number = name.split("_", 1)[0]
        stops.append(_stop(name, state, words, here, number))
    return stops


def _stop(name: str, state: str, words: str, here: bool, to: str) -> Stop:
    return Stop(
        name=name,
        state=state,
        letter=LETTERS[state],
        sign=SIGNS[state],
        words=words,
        here=here,
        to=to,
    )


def _short(problem: Problem) -> str:
    return f"{problem.what}; {problem.next_step}"
