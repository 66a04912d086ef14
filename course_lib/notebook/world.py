"""A lesson's starting database, made from its `world.sql`."""

from __future__ import annotations

import os
import time
from pathlib import Path

import duckdb

from course_lib.migrations import Step, split_statements

_LEFTOVER_SECONDS = 600
_kept: dict[bytes, bytes] = {}


def build_database(world: Path, target: Path) -> None:
    """Make the file `target` from `world`: whole or not at all.

    It is built under another name and renamed when it is closed, so a crash half-way leaves no half
    database that the next run would take for a whole one. Where its bytes are kept (`keep_built`)
    they are written.
    """
    _remove_leftovers(target)
    unfinished = target.with_name(f"{target.name}.new-{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    kept = _kept.get(world.read_bytes())
    if kept is None:
        _build(world, unfinished)
    else:
        unfinished.write_bytes(kept)
    unfinished.replace(target)


def build_to_keep(world: Path, folder: Path) -> tuple[bytes, bytes]:
    """The text of a world, and the bytes of a database that is built from it in `folder`."""
    text, target = world.read_bytes(), folder / f"{os.getpid()}.duckdb"
    _build(world, target)
    built = target.read_bytes()
    target.unlink()
    return text, built


def keep_built(text: bytes, built: bytes) -> None:
    """Have worlds with this very text written and not built, in this process and its forks."""
    _kept[text] = built


def _build(world: Path, target: Path) -> None:
    connection = duckdb.connect(target)
    try:
        _run(connection, _world_steps(world))
        connection.execute("CHECKPOINT").fetchall()
    finally:
        connection.close()


def open_scratch(world: Path, *, empty: bool = False) -> duckdb.DuckDBPyConnection:
    """The same tables in memory, with their rows or `empty`, committed; the caller closes it."""
    connection = duckdb.connect(":memory:")
    make_interruptible(connection)
    know_tables_alone(connection)
    steps = _world_steps(world)
    _run(connection, tuple(s for s in steps if s.kind != "INSERT") if empty else steps)
    return connection


def make_interruptible(connection: duckdb.DuckDBPyConnection) -> None:
    """Let Interrupt Kernel stop any statement on this database.

    With more than one thread DuckDB looks for an interrupt now and then only: one in three was
    missed. A lesson's database is too small to be slower for it.
    """
    connection.execute("SET threads = 1")


def know_tables_alone(connection: duckdb.DuckDBPyConnection) -> None:
    """Let a name in SQL mean a table, and never a Python variable of the notebook.

    Without it a table that is not there would be looked for among the variables, and the refusal
    would speak of pandas. Cursors and later connections to the database have it too.
    """
    connection.execute("SET GLOBAL python_enable_replacements = false")


def _world_steps(world: Path) -> tuple[Step, ...]:
    steps = split_statements(world.read_text(encoding="utf-8"))
    if not isinstance(steps, tuple):
        raise ValueError(f"{world}, line {steps.line}: {steps.message}")
    return steps


def _run(connection: duckdb.DuckDBPyConnection, steps: tuple[Step, ...]) -> None:
    for step in steps:
        connection.execute(step.sql).fetchall()


def _remove_leftovers(target: Path) -> None:
    # Only old ones: another kernel may be building its own at this moment.
    for left in target.parent.glob(f"{target.name}.new-*"):
        if time.time() - left.stat().st_mtime > _LEFTOVER_SECONDS:
            left.unlink(missing_ok=True)
