"""How a timeline gets at its database: borrowed for one look or one action, then given back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from course_lib.migrations import Problem, connect

Opened = duckdb.DuckDBPyConnection | Problem


@dataclass(frozen=True)
class Source:
    """A database: `name` for people, `lend` for a connection while a block runs.

    `put_back` makes the database that was there before the first migration, where somebody knows
    how; it gives the problem where that cannot be done. Without it, a reset takes all down.
    `files_may_come` says that a folder of migrations which is not there yet is no mistake.
    """

    name: str
    lend: Callable[[], AbstractContextManager[Opened]]
    put_back: Callable[[], Problem | None] | None = None
    files_may_come: bool = False


def file_source(path: Path) -> Source:
    """A database file that is open only while it is looked at, so that others can open it too.

    Where this process has it connected already, DuckDB shares that instance: no second opening.
    """

    @contextlib.contextmanager
    def lend() -> Iterator[Opened]:
        opened = connect(path)
        try:
            yield opened
        finally:
            if not isinstance(opened, Problem):
                opened.close()

    return Source(path.name, lend)
