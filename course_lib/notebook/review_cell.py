"""`%migrate review`: what the engine's rules say about the migrations that are pending."""

from __future__ import annotations

from pathlib import Path

import duckdb

from course_lib.counted import counted
from course_lib.migrations import (
    Finding,
    Folder,
    own_cursor,
    read_applied,
    read_starting_schema,
    review,
)

from .display import Shown, bullets, panel, sentence, soft


def show_review(connection: duckdb.DuckDBPyConnection, folder: Folder) -> Shown:
    """Every finding with file, line and rule, then the files without one. Nothing is run for real.

    Applied migrations are left out, as their files are not edited any more, and so are those that
    nobody has written yet.
    """
    with own_cursor(connection) as cursor:
        applied = {row.name for row in read_applied(cursor)}
        start = read_starting_schema(cursor)
    files = {Path(one.file).name for one in folder.migrations if one.name not in applied}
    files |= {_name(problem.file) for problem in folder.problems}
    unwritten = {_name(one.file) for one in folder.problems if one.kind == "empty"}
    files -= unwritten
    later = [soft(f"No step yet, so not reviewed: {_list(unwritten)}.")] if unwritten else []
    if not files:
        why = "no migration is written" if unwritten else "no migration is pending"
        return panel(f"Nothing to review: {why}.", *later)
    found = [one for one in review(folder, start=start) if _name(one.file) in files]
    silent = files - {_name(one.file) for one in found}
    parts = [bullets(map(_say, found))] if found else []
    if silent:
        parts.append(sentence(f"No rule objects to {_list(silent)}."))
    return panel(
        f"{counted(len(found), 'finding')} in {counted(len(files), 'pending migration')}.",
        *parts,
        *later,
        soft("A rule knows patterns of SQL. What a migration is for, it does not know."),
        tone="note" if found else "done",
    )


def _say(one: Finding) -> str:
    return f"`{_name(one.file)}`, line {one.line}, {one.rule}: {one.sentence}."


def _name(file: str) -> str:
    return Path(file).name


def _list(names: set[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
