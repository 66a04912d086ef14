"""Opening a database file, with a problem in words where that cannot be done."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from .errors import Problem
from .holder import find_holder
from .ledger_tables import FORMAT, read_format

_HOLDER = re.compile(r"lock is held in .+?\(PID (?P<pid>\d+)\)")


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection | Problem:
    """Open a DuckDB file that exists. A lock held by another process is a `locked` problem."""
    if not path.is_file():
        return Problem(
            "no-database",
            str(path),
            "there is no database file",
            "name another with --database",
        )
    if not read_only and _has_question_mark(path):
        return _asks(path)
    try:
        # Of a path that is not whole, DuckDB takes a `~` at its beginning for the home folder.
        con = duckdb.connect(path.absolute(), read_only=read_only)
        return _newer_ledger(con, path) or con
    except duckdb.Error as error:
        text = str(error).split("\n", 1)[0]
        found = _HOLDER.search(text)
        if found:
            holder = find_holder(int(found["pid"]))
            return Problem(
                "locked",
                str(path),
                f"{holder.describe()} has the database open",
                holder.how_to_let_go(),
            )
        if "not a valid DuckDB" in text:
            text = "it is not a DuckDB database"
        return Problem("not-a-database", str(path), text, "name a DuckDB file with --database")


def make_database(path: Path) -> Problem | None:
    """Make an empty database file. Gives the problem where that cannot be done."""
    if _has_question_mark(path):
        return _asks(path)
    try:
        duckdb.connect(path.absolute()).close()
    except duckdb.Error as error:
        text = str(error).split("\n", 1)[0]
        return Problem("not-made", str(path), text, "name another file with --database")
    return None


def _has_question_mark(path: Path) -> bool:
    return any("?" in part for part in path.absolute().parent.parts[1:])


def _asks(path: Path) -> Problem:
    # DuckDB 2.0 puts the ending of its log before a question mark, wherever in the path it is.
    what = "DuckDB cannot write a database in a folder with a question mark in its name"
    return Problem("path", str(path), what, "rename the folder")


def _newer_ledger(con: duckdb.DuckDBPyConnection, path: Path) -> Problem | None:
    """The problem of a ledger that a later engine wrote; the connection is closed then."""
    version = read_format(con)
    if version is None or version <= FORMAT:
        return None
    con.close()
    return Problem(
        "ledger-format",
        str(path),
        f"its ledger has the format {version}, and this engine knows formats up to {FORMAT}",
        "install the engine that wrote it, or a later one",
    )
