"""A copy of a large database file as it is, and the proof that nobody has written to it since.

`COPY FROM DATABASE` reads and writes every row; for a large file a copy of its bytes is many times
faster. It is what a crash of the machine would leave: DuckDB overwrites no block of the state that
the header pages name before it has written new header pages, and what is committed after them
stands in the log. So the copy is whole where the headers held while it was made, and it is all that
was committed where the log was empty. Where any of it cannot be had, there is no such copy, and
the caller copies row by row.

The bytes are read through the descriptor that DuckDB has, where the platform lets it be found, and
else by a child process.
"""

from __future__ import annotations

import glob
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from . import descriptor
from .cost import free_bytes
from .quoting import quote

# Below this many bytes a copy of the rows takes no longer, and needs no checkpoint.
LARGE = 4_000_000

_COPIER = Path(__file__).with_name("copier.py")

# Copies a file to the second path, if there is one, and gives its header pages; None where it
# cannot be done or the copy may be torn.
ReadHeaders = Callable[..., str | None]


@dataclass(frozen=True)
class Stamp:
    """The header pages that a database file had when it was copied with an empty log."""

    path: Path
    headers: str
    read_headers: ReadHeaders = field(repr=False, compare=False)

    def holds(self) -> bool:
        """Whether nothing was committed to the file, and no checkpoint was made, since then."""
        # The log first: a checkpoint between the two looks moves it into new headers.
        return not _log(self.path) and self.read_headers(self.path) == self.headers


def read_headers(path: Path, *copy: Path) -> str | None:
    """The header pages of a connected file, which is copied first where a path for that is given.

    None where it cannot be done, or a checkpoint was made meanwhile.
    """
    try:
        return descriptor.read_headers(path, *copy)
    except OSError:
        for one in copy:
            one.unlink(missing_ok=True)
        return _headers_of(path, *copy)


def copy_file(
    cursor: duckdb.DuckDBPyConnection, copy: Path, read_headers: ReadHeaders | None = None
) -> Stamp | None:
    """Copy the file of the cursor's current database to `copy`; None where rows must be copied.

    A checkpoint puts into the file what stands in its log. The cursor must be in no transaction.
    The bytes are read by a child process unless it is said how.
    """
    read_headers = read_headers or _headers_of
    name, text, read_only, encrypted, first = cursor.execute(
        "SELECT database_name, path, readonly, encrypted, database_oid ="
        " (SELECT min(database_oid) FROM duckdb_databases() WHERE NOT internal)"
        " FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchall()[0]
    # Only a database that was attached can have been told to write no log.
    if not text or encrypted or not first:
        return None
    path = Path(text)
    size = path.stat().st_size + _log(path)
    # A checkpoint that finds no room leaves a database that must be restarted.
    if size < LARGE or free_bytes(path.parent) < 2 * size:
        return None
    if not read_only:
        try:
            cursor.execute(f"CHECKPOINT {quote(name)}").fetchall()
        except duckdb.Error:
            # A transaction of somebody else stands in the way.
            return None
    headers = read_headers(path, copy)
    if headers is None or _log(path):
        copy.unlink(missing_ok=True)
        return None
    return Stamp(path, headers, read_headers)


def _headers_of(path: Path, *copy: Path) -> str | None:
    if getattr(sys, "frozen", False) or not sys.executable:
        return None
    command = [sys.executable, "-I", "-S", str(_COPIER), str(path), *map(str, copy)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _log(path: Path) -> int:
    # While DuckDB makes a checkpoint, what is committed stands in a second log.
    logs = path.parent.glob(f"{glob.escape(path.name)}.wal*")
    return sum(log.stat().st_size for log in logs)
