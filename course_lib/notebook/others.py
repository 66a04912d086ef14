"""Further databases beside the lesson's own: a teammate's laptop, staging, production.

Each is a file `NAME.duckdb` in the lesson's folder. A cell that works there has it open while it
runs and no longer, so a terminal can look at it in between.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from course_lib.migrations import Problem, connect, make_database, own_cursor, quote
from course_lib.migrations.quoting import literal

from .database import DATABASE, LessonDatabase
from .display import Shown, panel, sentence
from .folder import shown_path
from .world import know_tables_alone, make_interruptible

AT = "--at"
"""The option of `%%sql` and `%migrate` that names another database."""

_NAME = re.compile(r"[a-z][a-z0-9]*")
_ALIAS = "updown_other"


def take_at(words: list[str]) -> tuple[list[str], str | None] | Problem:
    """The words of a line without `--at NAME`, and that name, or None where there is none."""
    if AT not in words:
        return words, None
    place = words.index(AT)
    rest = words[:place] + words[place + 2 :]
    if place + 1 == len(words) or AT in rest:
        what = "one name stands behind it"
        return Problem("at", AT, what, "write for example `--at staging`")
    return rest, words[place + 1]


@contextmanager
def database_at(
    database: LessonDatabase, name: str | None
) -> Iterator[duckdb.DuckDBPyConnection | Problem]:
    """A connection to the database of that name, closed at the end; without a name to the lesson's
    own, which stays open. A Problem where there is none, or it cannot be had."""
    if name is None:
        yield database.open()
        return
    opened = _open(database, name)
    if isinstance(opened, Problem):
        yield opened
        return
    try:
        yield opened
    finally:
        opened.close()


def file_of(name: str | None) -> str:
    """The file of a database, by which messages call it."""
    return DATABASE if name is None else f"{name}.duckdb"


def copy_database(database: LessonDatabase, names: tuple[str, ...]) -> Shown:
    """Make a `NAME.duckdb` for each name, with all that the lesson's database has now: its tables,
    its rows and its ledger."""
    opened = database.open()
    if isinstance(opened, Problem):
        return panel("Nothing was copied.", sentence(str(opened)), tone="refused")
    own = opened

    def make(path: Path) -> Problem | None:
        with own_cursor(own) as cursor:
            here = str(cursor.execute("SELECT current_database()").fetchall()[0][0])
            cursor.execute(f"ATTACH {literal(str(path))} AS {_ALIAS}")
            try:
                cursor.execute(f"COPY FROM DATABASE {quote(here)} TO {_ALIAS}").fetchall()
            finally:
                cursor.execute(f"DETACH {_ALIAS}")
        return None

    return _make(database, names, make, f"with all that `{DATABASE}` has now")


def empty_database(database: LessonDatabase, name: str) -> Shown:
    """Make `NAME.duckdb`, a database without any table."""
    return _make(database, (name,), make_database, "empty")


def _make(
    database: LessonDatabase,
    names: tuple[str, ...],
    make: Callable[[Path], Problem | None],
    what: str,
) -> Shown:
    paths = [_path(database, name) for name in names]
    for name, path in zip(names, paths, strict=True):
        if path is None:
            return panel(
                f"`{name}` is no name for another database; nothing was made.",
                sentence("Take one word in small letters, such as `staging`. `shop` is your own."),
                tone="refused",
            )
    told: list[Shown] = []
    for path in (path for path in paths if path is not None):
        kept = _make_one(database, path, make)
        if isinstance(kept, Problem):
            return panel("Not all were made.", *told, sentence(str(kept)), tone="refused")
        before = f" The one that was there is in `{shown_path(kept)}`." if kept else ""
        told.append(sentence(f"`{path.name}` is there, {what}.{before}"))
    return panel("Done.", *told, tone="done")


def _make_one(
    database: LessonDatabase, path: Path, make: Callable[[Path], Problem | None]
) -> Path | Problem | None:
    """Whole or not at all; where the file that was there is kept now, or why it cannot be made."""
    unfinished = path.with_name(f"{path.name}.new-{os.getpid()}")
    try:
        problem = make(unfinished)
        if problem is not None:
            return problem
        kept = database.keep(path) if path.exists() else None
        unfinished.replace(path)
    except (duckdb.Error, OSError) as error:
        return Problem("not-made", path.name, str(error).split("\n", 1)[0], "run the cell again")
    finally:
        unfinished.unlink(missing_ok=True)
    return kept


def _open(database: LessonDatabase, name: str) -> duckdb.DuckDBPyConnection | Problem:
    path = _path(database, name)
    if path is None or not path.exists():
        known = sorted(one.stem for one in database.others())
        there = f"there are {', '.join(known)}" if known else "there is none yet"
        return Problem(
            "no-database",
            f"{name}.duckdb",
            f"there is no such database beside `{DATABASE}`; {there}",
            "correct the name, or run the cell that makes it",
        )
    opened = connect(path)
    if not isinstance(opened, Problem):
        make_interruptible(opened)
        know_tables_alone(opened)
    return opened


def _path(database: LessonDatabase, name: str) -> Path | None:
    path = database.folder / f"{name}.duckdb"
    return path if _NAME.fullmatch(name) and path != database.path else None
