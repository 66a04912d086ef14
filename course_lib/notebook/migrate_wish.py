"""What a `%migrate` line asks for: the command, how far, and at which database."""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.migrations import Problem
from course_lib.migrations.migration import Direction

from .others import AT, take_at

COMMANDS = (
    "status",
    "review",
    "plan",
    "rehearse",
    "round-trip",
    "up",
    "down",
    "diff",
    "baseline",
    "accept",
    "reset",
    "release",
)
USAGE = (
    "The commands are `%migrate status`, `review`, `plan`, `rehearse`, `round-trip`, `up`, `down`,"
    " `diff`, `baseline`, `accept`, `reset` and `release`."
    " After `up`, `down` and `round-trip` may stand how many migrations, or the number or name of"
    " one, such as `%migrate up 001`; after `plan` and `rehearse` the same, with `up` or `down`"
    " before it; after `accept` the number or name of the migration whose file you have corrected;"
    " after `diff` the names of other databases; after `baseline` the name of the file to write."
    f" With `{AT} NAME` at its end a line is about another database."
)

_ALONE = ("status", "review", "reset", "release")
_NAMED = ("accept", "baseline")
_OWN = ("baseline", "reset", "release")
"""What is done at the lesson's own database only."""


@dataclass(frozen=True)
class Wish:
    """`count` and `to` are for `make_plan`, `names` are databases to compare with, and `at` is the
    database that the line is about, None for the lesson's own."""

    command: str
    direction: Direction
    count: int | None = None
    to: str | None = None
    names: tuple[str, ...] = ()
    at: str | None = None


def read_wish(line: str) -> Wish | Problem | None:
    """The wish, or None where the line is not a command; a Problem where its `--at` is wrong."""
    taken = take_at(line.split())
    if isinstance(taken, Problem):
        return taken
    (command, *words), at = taken[0] or [""], taken[1]
    if command not in COMMANDS:
        return None
    if at is not None and command in _OWN:
        what = f"`{command}` is for your own database"
        return Problem("at", AT, what, f"leave `{AT} {at}` out")
    direction: Direction = "down" if command == "down" else "up"
    if command in ("plan", "rehearse") and words and words[0] in ("up", "down"):
        direction = "down" if words.pop(0) == "down" else "up"
    if command == "diff":
        return Wish(command, direction, names=tuple(words), at=at)
    if not words:
        return None if command in _NAMED else Wish(command, direction, at=at)
    if len(words) > 1 or command in _ALONE:
        return None
    word = words[0].removesuffix(".sql")
    # `2` is how many, `002` is which one; `down 0` takes everything down.
    if command not in _NAMED and word.isdecimal() and not word.startswith("0"):
        return Wish(command, direction, count=int(word), at=at)
    return Wish(command, direction, to=word, at=at)
