"""`%migrate COMMAND`: the engine, on the lesson's database, through the notebook's connection."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from course_lib.migrations import (
    Folder,
    Plan,
    Problem,
    Refused,
    accept_file,
    make_plan,
    own_cursor,
    read_applied,
    read_folder,
    read_risks,
    read_shadow_cost,
    read_status,
    rehearse_plan,
    run_plan,
)
from course_lib.migrations.migration import Direction

from .database import DATABASE
from .display import Shown, panel, sentence, soft
from .folder import shown_path
from .lesson import Lesson
from .migrate_display import (
    show_accepted,
    show_nothing,
    show_outcome,
    show_plan,
    show_refused,
    show_rehearsal,
    show_status,
)
from .progress import shown_progress
from .review_cell import show_review
from .round_trip_cell import show_round_trip
from .stopping import stoppable

COMMANDS = (
    "status",
    "review",
    "plan",
    "rehearse",
    "round-trip",
    "up",
    "down",
    "accept",
    "reset",
    "release",
)
_USAGE = (
    "The commands are `%migrate status`, `review`, `plan`, `rehearse`, `round-trip`, `up`, `down`,"
    " `accept`, `reset` and `release`."
    " After `up`, `down` and `round-trip` may stand how many migrations, or the number or name of"
    " one, such as `%migrate up 001`; after `plan` and `rehearse` the same, with `up` or `down`"
    " before it; after `accept` the number or name of the migration whose file you have corrected."
)


@dataclass(frozen=True)
class _Wish:
    """What the words after the command ask for: see `make_plan`."""

    direction: Direction
    count: int | None = None
    to: str | None = None


def migrate_line(lesson: Lesson, line: str, written: str = "") -> Shown:
    """Do one `%migrate` line and say what came of it. A mistake in it is told, not raised.

    `written` is the SQL below `%%migrate round-trip`: what people write between up and down.
    """
    command, *words = line.split() or [""]
    wish = _read_wish(command, words)
    if wish is None:
        title = f"`{f'%migrate {line}'.strip()}` is not a command; nothing was done."
        return panel(title, sentence(_USAGE), tone="refused")
    if written.strip() and command != "round-trip":
        return panel(
            f"`%migrate {line.strip()}` stands alone in its cell; nothing was done.",
            sentence("Only `%%migrate round-trip` takes SQL below it. Other SQL is for `%%sql`."),
            tone="refused",
        )
    if command == "release":
        return lesson.release()
    if command == "reset":
        return _reset(lesson)
    opened = lesson.database.open()
    if isinstance(opened, Problem):
        return panel("Nothing was done.", sentence(str(opened)), tone="refused")
    folder = _read(lesson)
    if command == "accept":
        return show_accepted(accept_file(opened, folder, wish.to or ""))
    if command == "status":
        return show_status(read_status(opened, folder), folder.problems)
    if command == "review":
        return show_review(opened, folder)
    plan = _make_plan(opened, folder, wish)
    if isinstance(plan, Refused):
        return show_refused(plan)
    if not plan.items and command == "round-trip":
        return _nothing_to_try(folder)
    if not plan.items:
        return show_nothing(plan, wish.to)
    if command == "plan":
        return _plan(opened, plan)
    try:
        with stoppable():
            if command == "round-trip":
                return show_round_trip(opened, folder, plan, written)
            with shown_progress(command) as tell:
                if command == "rehearse":
                    return show_rehearsal(rehearse_plan(opened, plan, on_progress=tell), plan)
                return show_outcome(run_plan(opened, plan, on_progress=tell), plan)
    except KeyboardInterrupt:
        return _stopped(command)


def _stopped(command: str) -> Shown:
    return panel(
        f"You stopped `%migrate {command}`.",
        sentence(
            "Your database was not touched."
            if command in ("rehearse", "round-trip")
            else "A migration is applied whole or not at all; `%migrate status` says which are."
        ),
        tone="note",
    )


def _nothing_to_try(folder: Folder) -> Shown:
    title = "Nothing to try: a round trip begins with an up, and no migration is pending."
    told = "`%migrate down` makes the newest one pending." if folder.migrations else ""
    return panel(title, *((sentence(told),) if told else ()), tone="note")


def _plan(connection: duckdb.DuckDBPyConnection, plan: Plan) -> Shown:
    with own_cursor(connection) as cursor:
        return show_plan(plan, read_risks(cursor, plan), read_shadow_cost(cursor))


def _read_wish(command: str, words: list[str]) -> _Wish | None:
    """The wish, or None where the line is not a command."""
    if command not in COMMANDS:
        return None
    direction: Direction = "down" if command == "down" else "up"
    if command in ("plan", "rehearse") and words and words[0] in ("up", "down"):
        direction = "down" if words.pop(0) == "down" else "up"
    if not words:
        return None if command == "accept" else _Wish(direction)
    if len(words) > 1 or command in ("status", "review", "reset", "release"):
        return None
    word = words[0].removesuffix(".sql")
    if command == "accept":
        return _Wish(direction, to=word)
    # `2` is how many, `002` is which one; `down 0` takes everything down.
    if word.isdecimal() and not word.startswith("0"):
        return _Wish(direction, count=int(word))
    return _Wish(direction, to=word)


def _make_plan(
    connection: duckdb.DuckDBPyConnection, folder: Folder, wish: _Wish
) -> Plan | Refused:
    # The learner's connection may hold a half-read result or an open transaction.
    with own_cursor(connection) as cursor:
        applied = read_applied(cursor)
    return make_plan(folder, applied, wish.direction, count=wish.count, to=wish.to)


def _read(lesson: Lesson) -> Folder:
    folder = lesson.migrations
    if not folder.is_dir():  # no `%%migration` cell was run yet: not a mistake
        return Folder((), ())
    return read_folder(Path(shown_path(folder)))


def _reset(lesson: Lesson) -> Shown:
    kept = lesson.database.put_aside(with_migrations=False)
    if isinstance(kept, Problem):
        return panel("Nothing was put back.", sentence(str(kept)), tone="refused")
    opened = lesson.database.open()
    if isinstance(opened, Problem):
        return panel("There is no database now.", sentence(str(opened)), tone="refused")
    return panel(
        f"`{DATABASE}` is back at its start; your migration files stay, and are pending again.",
        soft(f"The database that was there is in `{shown_path(kept)}`."),
        tone="done",
    )
