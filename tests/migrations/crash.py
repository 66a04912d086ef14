"""What a child process of the crash tests does: run a plan, and be killed or run out of disk."""

from __future__ import annotations

import resource
from multiprocessing.connection import Connection
from pathlib import Path

import duckdb

from course_lib.migrations import file_copy, run_plan

from .databases import plan_of


def run_and_die(database: Path, folder: Path, large: int, pipe: Connection) -> None:
    """Apply all migrations; the parent kills this process while it runs.

    From `large` bytes on the shadow is a copy of the file.
    """
    file_copy.LARGE = large
    with duckdb.connect(database) as con:
        plan = plan_of(con, folder)
        pipe.send("ready")
        outcome = run_plan(con, plan)
        pipe.send(None if outcome.failure is None else str(outcome.failure))


def run_on_full_disk(
    database: Path, folder: Path, limit: int, checkpoint: str, pipe: Connection
) -> None:
    """Apply all migrations where no file may grow above `limit` bytes: a disk that is full."""
    with duckdb.connect(database) as con:
        con.execute(f"SET wal_autocheckpoint = '{checkpoint}'")
        plan = plan_of(con, folder)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        outcome = run_plan(con, plan)
        pipe.send(None if outcome.failure is None else str(outcome.failure))
