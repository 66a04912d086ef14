"""A locked DuckDB instance in memory, to which worlds are attached; opened ahead for forks."""

from __future__ import annotations

import secrets

import duckdb

from course_lib.migrations import read_schema

Connection = duckdb.DuckDBPyConnection

# Bounded memory, nothing spilled to the disk, and two seconds a statement.
LIMITS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "256MB",
    "threads": "1",
    "async_threads": "0",
    "temp_directory": "",
    "max_execution_time": "2000",
}
# No files, no network, no settings. Given with the limits, it would refuse the temp_directory.
LOCK = "SET enable_external_access = false; SET lock_configuration = true"

_ahead: list[Connection] = []


def open_ahead() -> None:
    """Open now what the next `open_root` gives. A process that forks does it for its forks: each
    has an instance of its own then. It has no thread of its own, or it would not be in a fork."""
    if not _ahead:
        root = _open()
        # The first look at a schema fills DuckDB's own catalog, which takes as long as a world.
        root.execute("ATTACH ':memory:' AS first")
        with root.cursor() as con:
            con.execute("USE first; CREATE TABLE t (i INTEGER PRIMARY KEY)")
            read_schema(con, macros=False)
        root.execute("DETACH first")
        _ahead.append(root)


def close_ahead() -> None:
    """Close what was opened ahead."""
    while _ahead:
        _ahead.pop().close()


def open_root() -> Connection:
    """A locked instance. Its default database is empty and has a name that nobody can guess."""
    root = _ahead.pop() if _ahead else _open()
    home = f"root_{secrets.token_hex(16)}"
    root.execute(f"ATTACH ':memory:' AS {home}; USE {home}; DETACH memory")
    return root


def _open() -> Connection:
    root = duckdb.connect(":memory:", config=LIMITS)
    root.execute(LOCK)
    return root
