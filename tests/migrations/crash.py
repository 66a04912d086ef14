"""What a child process of the crash tests does: run a plan, and be killed or run out of disk."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import duckdb

from course_lib.migrations import file_copy, guard, run_plan

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


# What a run is doing, by the letter that it writes down before it does it.
PHASES = {
    "b": "before the first step",
    "s": "in a step of the transaction",
    "c": "in the ledger and commit of the transaction",
    "k": "while the shadow is copied",
    "h": "in a step on the shadow",
    "l": "while the shadow lands",
    "m": "in the ledger and commit of the landing",
    "a": "after the commit",
}


def run_and_trace(database: Path, folder: Path, trace: Path, pipe: Connection) -> None:
    """Apply what is pending and write down each phase as it begins, with its moment in seconds."""
    file = os.open(trace, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    on_shadow = False

    def note(phase: str) -> None:
        os.write(file, f"{phase} {time.perf_counter()}\n".encode())

    def before(name: str, phase: Callable[[], str]) -> None:
        real = getattr(guard, name)

        def told(*arguments: Any, **named: Any) -> Any:
            note(phase())
            return real(*arguments, **named)

        setattr(guard, name, told)

    def copying() -> str:
        nonlocal on_shadow
        on_shadow = True
        return "k"

    before("open_shadow", copying)
    before("land", lambda: "l")
    before("record", lambda: "m" if on_shadow else "c")
    before("landed", lambda: "a")
    with duckdb.connect(database) as con:
        plan = plan_of(con, folder)
        pipe.send("ready")
        note("b")
        outcome = run_plan(con, plan, on_step=lambda *_: note("h" if on_shadow else "s"))
        pipe.send(None if outcome.failure is None else str(outcome.failure))
