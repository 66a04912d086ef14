"""`%migrate COMMAND`: the engine, on the lesson's database, through the notebook's connection."""

from __future__ import annotations

from pathlib import Path

import duckdb

from course_lib.migrations import (
    BASELINE,
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

from .baseline_line import show_baseline
from .database import DATABASE
from .differences import show_differences, show_drift
from .display import Shown, panel, sentence, soft, with_note
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
from .migrate_wish import USAGE, Wish, read_wish
from .others import database_at, file_of
from .progress import shown_progress
from .review_cell import show_review
from .round_trip_cell import show_round_trip
from .stopping import stoppable


def migrate_line(lesson: Lesson, line: str, written: str = "") -> Shown:
    """Do one `%migrate` line and say what came of it. A mistake in it is told, not raised.

    `written` is the SQL below `%%migrate round-trip`: what people write between up and down.
    """
    wish = read_wish(line)
    if wish is None or isinstance(wish, Problem):
        title = f"`{f'%migrate {line}'.strip()}` is not a command; nothing was done."
        why = sentence(str(wish) if isinstance(wish, Problem) else USAGE)
        return panel(title, why, tone="refused")
    if written.strip() and wish.command != "round-trip":
        return panel(
            f"`%migrate {line.strip()}` stands alone in its cell; nothing was done.",
            sentence("Only `%%migrate round-trip` takes SQL below it. Other SQL is for `%%sql`."),
            tone="refused",
        )
    if wish.command == "release":
        return lesson.release()
    if wish.command == "reset":
        return _reset(lesson)
    with database_at(lesson.database, wish.at) as opened:
        if isinstance(opened, Problem):
            return panel("Nothing was done.", sentence(str(opened)), tone="refused")
        shown = _do(lesson, opened, wish, written)
    if wish.at is None or wish.command == "diff":  # which says itself what it compares
        return shown
    return with_note(shown, f"At `{file_of(wish.at)}`.")


def _do(lesson: Lesson, con: duckdb.DuckDBPyConnection, wish: Wish, written: str) -> Shown:
    command, folder, elsewhere = wish.command, _read(lesson), wish.at is not None
    if command == "diff" and wish.names:
        return show_differences(lesson.database, con, wish.at, wish.names)
    if command == "diff":
        return show_drift(con, folder, wish.at)
    if command == "baseline":
        return show_baseline(con, Path(shown_path(lesson.migrations)), folder, wish.to or "")
    if command == "accept":
        return show_accepted(accept_file(con, folder, wish.to or ""))
    if command == "status":
        return show_status(read_status(con, folder), folder.problems, elsewhere=elsewhere)
    if command == "review":
        return show_review(con, folder)
    plan = _make_plan(con, folder, wish)
    if isinstance(plan, Refused):
        return show_refused(plan, elsewhere=elsewhere)
    if not plan.items:
        return _nothing_to_try(folder) if command == "round-trip" else show_nothing(plan, wish.to)
    if command == "plan":
        return _plan(con, plan)
    try:
        with stoppable():
            if command == "round-trip":
                return show_round_trip(con, folder, plan, written)
            with shown_progress(command) as tell:
                if command == "rehearse":
                    return show_rehearsal(rehearse_plan(con, plan, on_progress=tell), plan)
                return show_outcome(run_plan(con, plan, on_progress=tell), plan)
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


def _make_plan(connection: duckdb.DuckDBPyConnection, folder: Folder, wish: Wish) -> Plan | Refused:
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
    baseline = _baseline(lesson)
    kept = lesson.database.put_aside(with_migrations=False)
    if isinstance(kept, Problem):
        return panel("Nothing was put back.", sentence(str(kept)), tone="refused")
    opened = lesson.database.open()
    if isinstance(opened, Problem):
        return panel("There is no database now.", sentence(str(opened)), tone="refused")
    again = f"`%migrate baseline {baseline}` records once more that its tables are there."
    return panel(
        f"`{DATABASE}` is back at its start; your migration files stay, and are pending again.",
        *((sentence(f"Before you go up: {again}"),) if baseline else ()),
        soft(f"The database that was there is in `{shown_path(kept)}`."),
        tone="done",
    )


def _baseline(lesson: Lesson) -> str | None:
    """The migration up to which the database was found and not made; a reset forgets it."""
    opened = lesson.database.open()
    if isinstance(opened, Problem):
        return None
    with own_cursor(opened) as cursor:
        found = [one.name for one in read_applied(cursor) if one.guard == BASELINE]
    return found[-1] if found else None
