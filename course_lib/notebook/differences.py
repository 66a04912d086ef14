"""`%migrate diff`: a database against the migrations applied to it, or beside other databases."""

from __future__ import annotations

import duckdb

from course_lib.counted import counted
from course_lib.migrations import (
    Difference,
    Folder,
    Problem,
    Schema,
    diff,
    one_line,
    own_cursor,
    read_applied,
    read_expected,
    read_schema,
)

from .database import LessonDatabase
from .display import Shown, bullets, panel, sentence, soft, table
from .others import database_at, file_of
from .problem_words import in_lesson

_NO_ROWS = soft("Tables, columns and rules are compared. Rows are not.")
_WIDTH = 200


def show_drift(con: duckdb.DuckDBPyConnection, folder: Folder, at: str | None) -> Shown:
    """What is in a database that its applied migrations do not make, and the other way round."""
    with own_cursor(con) as cursor:
        applied = read_applied(cursor)
        if not applied:
            title = f"No migration is applied to `{file_of(at)}`, so it cannot differ from any."
            return panel(title, tone="note")
        expected = read_expected(cursor, folder, applied)
        if isinstance(expected, Problem):
            told = sentence(str(in_lesson(expected)))
            return panel(f"`{file_of(at)}` was not compared.", told, tone="refused")
        found = diff(read_schema(cursor), expected)
    if not found:
        return panel(f"`{file_of(at)}` is what its applied migrations make.", _NO_ROWS, tone="done")
    return panel(
        f"`{file_of(at)}` is not what its applied migrations make: {_count(found)}.",
        _table(found, f"in {file_of(at)}", "by its migrations"),
        soft("Write the change as a migration, or take it back."),
        tone="note",
    )


def show_differences(
    database: LessonDatabase,
    con: duckdb.DuckDBPyConnection,
    at: str | None,
    names: tuple[str, ...],
) -> Shown:
    """In what other databases differ from this one. `con` is of the database `at`."""
    with own_cursor(con) as cursor:
        here = read_schema(cursor)
    same: list[str] = []
    parts: list[Shown] = []
    for name in names:
        there = _read(database, name)
        if isinstance(there, Problem):
            return panel("Nothing was compared.", sentence(str(there)), tone="refused")
        found = diff(here, there)
        if not found:
            same.append(f"`{file_of(name)}`: the same tables as `{file_of(at)}`.")
            continue
        parts.append(sentence(f"`{file_of(at)}` and `{file_of(name)}`: {_count(found)}."))
        parts.append(_table(found, file_of(at), file_of(name)))
    told = bullets(same)
    if not parts:
        return panel("No difference.", told, _NO_ROWS, tone="done")
    return panel("They differ.", *parts, *((told,) if same else ()), _NO_ROWS, tone="note")


def _read(database: LessonDatabase, name: str) -> Schema | Problem:
    with database_at(database, name) as other:
        return other if isinstance(other, Problem) else read_schema(other)


def _table(found: tuple[Difference, ...], here: str, there: str) -> Shown:
    rows = [
        (one.object, one_line(one.is_, _WIDTH), one_line(one.expected, _WIDTH)) for one in found
    ]
    return table([("what", ""), (here, ""), (there, "")], rows, caption="Differences")


def _count(found: tuple[Difference, ...]) -> str:
    return counted(len(found), "difference")
