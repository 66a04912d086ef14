"""A copy of a large database file by a child process, and the proof that nobody has written since.

`COPY FROM DATABASE` reads and writes every row; for a large file a copy of its bytes is many times
faster. It is what a crash of the machine would leave: DuckDB overwrites no block of the state that
the header pages name before it has written new header pages, and what is committed after them
stands in the log. So the copy is whole where the headers held while it was made, and it is all that
was committed where the log was empty. Where any of it cannot be had, there is no such copy, and
the caller copies row by row.
"""

from __future__ import annotations

import glob
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from .cost import free_bytes
from .digest import quote

# Below this many bytes starting a process takes longer than copying the rows.
LARGE = 4_000_000

_COPIER = Path(__file__).with_name("copier.py")


@dataclass(frozen=True)
class Stamp:
    """The header pages that a database file had when it was copied with an empty log."""

    path: Path
    headers: str

    def holds(self) -> bool:
        """Whether nothing was committed to the file, and no checkpoint was made, since then."""
        # The log first: a checkpoint between the two looks moves it into new headers.
        return not _log(self.path) and _headers_of(self.path) == self.headers


def copy_file(cursor: duckdb.DuckDBPyConnection, copy: Path) -> Stamp | None:
    """Copy the file of the cursor's current database to `copy`; None where rows must be copied.

    A checkpoint puts into the file what stands in its log. The cursor must be in no transaction.
    """
    name, text, read_only, encrypted, first = cursor.execute(
        "SELECT database_name, path, readonly, encrypted, database_oid ="
        " (SELECT min(database_oid) FROM duckdb_databases() WHERE NOT internal)"
        " FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchall()[0]
    # Only a database that was attached can have been told to write no log.
    if not text or encrypted or not first or getattr(sys, "frozen", False) or not sys.executable:
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
    headers = _headers_of(path, copy)
    if headers is None or _log(path):
        copy.unlink(missing_ok=True)
        return None
    return Stamp(path, headers)


def _headers_of(path: Path, *copy: Path) -> str | None:
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
