"""Opening a database file, with a problem in words where that cannot be done."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from .errors import Problem

_HOLDER = re.compile(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection | Problem:
    """Open a DuckDB file that exists. A lock held by another process is a `locked` problem."""
    if not path.is_file():
        return Problem(
            "no-database",
            str(path),
            "there is no database file",
            "name another with --database",
        )
    try:
        return duckdb.connect(path, read_only=read_only)
    except duckdb.Error as error:
        text = str(error).split("\n", 1)[0]
        holder = _HOLDER.search(text)
        if holder:
            return Problem(
                "locked",
                str(path),
                f"process {holder['pid']} has the database open",
                "close it there, then run the command again",
            )
        return Problem("not-a-database", str(path), text, "name a DuckDB file with --database")


def lock_holder(problem: Problem) -> int | None:
    """The process that a `locked` problem is about."""
    found = re.search(r"process (\d+)", problem.what)
    return int(found[1]) if problem.kind == "locked" and found else None
