"""`%migrate baseline NAME`: what is there becomes the first migration, and nothing runs."""

from __future__ import annotations

from pathlib import Path

import duckdb

from course_lib.migrations import (
    Adopted,
    Folder,
    Refused,
    adopt,
    adopt_schema,
    describe,
    one_line,
    read_folder,
)

from .display import Shown, bullets, code_list, panel, soft
from .problem_words import in_lesson


def show_baseline(con: duckdb.DuckDBPyConnection, place: Path, folder: Folder, name: str) -> Shown:
    """Write the database's schema into `place` as the migration `name`, and record it as applied.

    A file of that name is recorded as it is: after a reset the database has no ledger any more, and
    the file is still there.
    """
    there = any(one.name == name for one in folder.migrations)
    adopted = adopt(con, folder, name) if there else adopt_schema(con, place, name, folder)
    if isinstance(adopted, Refused):
        told = bullets(str(in_lesson(problem)) for problem in adopted.problems)
        return panel("Nothing was recorded.", told, tone="refused")
    return _recorded(adopted, read_folder(place), there)


def _recorded(adopted: Adopted, folder: Folder, there: bool) -> Shown:
    (name,) = adopted.names
    (migration,) = (one for one in folder.migrations if one.name == name)
    steps = ((one_line(step.sql, 300), describe(step)) for step in migration.up)
    written = "was there already" if there else "is written"
    return panel(
        f"`{migration.file}` {written}, and recorded as applied. Nothing was run.",
        code_list(steps),
        soft("A database that has these tables never runs it. An empty one begins with it."),
        tone="done",
    )
