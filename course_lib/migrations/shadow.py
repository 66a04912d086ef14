"""The shadow: a copy of the database beside itself, in an instance of its own.

What happens there happens to nobody: a failure deletes it, and a crash leaves a folder that the
next shadow of the same file deletes.
"""

from __future__ import annotations

import contextlib
import glob
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from .catalog import read_tables
from .changes import parents_first
from .cost import NoRoomError, read_shadow_cost
from .file_copy import Stamp, copy_file, read_headers
from .quoting import literal, quote
from .rows import copy_rows
from .running import running
from .sequences import read_sequence_values
from .steps import own_cursor

_in_use: set[Path] = set()
_lock = threading.Lock()


@dataclass(frozen=True)
class Shadow:
    """An open shadow: its file and a connection.

    `database` is what both copies are called, `alias` the name to attach the shadow under. A large
    file was copied as it is: then `stamp` proves that it is still the same, and `sequences` says
    whether it has any: their values are the one thing that no commit has to change.
    """

    path: Path
    database: str
    alias: str
    con: duckdb.DuckDBPyConnection
    stamp: Stamp | None
    sequences: bool

    def attach(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Attach the shadow, whose own connection is closed, to the database that it is of."""
        cursor.execute(f"ATTACH {literal(str(self.path))} AS {self.alias} (READ_ONLY)")

    def detach(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Take it away again; that it is not attached is no error."""
        cursor.execute(f"DETACH DATABASE IF EXISTS {self.alias}")

    @contextlib.contextmanager
    def look(
        self, con: duckdb.DuckDBPyConnection, database: str
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor whose current database is one of the two, while both are attached."""
        other = self.alias if database == self.database else self.database
        with own_cursor(con) as cursor:
            # DuckDB reads the checks of all attached databases, and looks for their macros here.
            paths = ",".join(f"{quote(name)}.main" for name in (database, other))
            cursor.execute(f"SET search_path = {literal(paths)}")
            yield cursor


@contextlib.contextmanager
def open_shadow(cursor: duckdb.DuckDBPyConnection) -> Iterator[Shadow]:
    """Copy the cursor's database and open the copy; delete it at the end, whatever happened.

    Raises `NoRoomError` before anything is copied where the disk is known not to hold the copy, and
    `duckdb.IOException` where it turns out so.
    """
    cost = read_shadow_cost(cursor)
    if not cost.fits:
        raise NoRoomError(cost)
    database, path, read_only = cursor.execute(
        "SELECT database_name, path, readonly FROM duckdb_databases()"
        " WHERE database_name = current_database()"
    ).fetchall()[0]
    folder = _new_folder(Path(path) if path else None, clean=not read_only)
    # The same name for the file gives the same name for the database, so that SQL which spells
    # it out runs here too.
    copy = folder / f"{database}.duckdb"
    # Attached databases belong to the whole instance: two shadows at once need two names.
    alias = f"updown_shadow_{secrets.token_hex(4)}"
    try:
        con, stamp, sequences = _open_copy(cursor, database, copy, alias)
        try:
            with running(con):
                yield Shadow(copy, database, alias, con, stamp, sequences)
        finally:
            con.close()
    finally:
        _in_use.discard(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _new_folder(path: Path | None, *, clean: bool) -> Path:
    # DuckDB cannot write in a folder with a question mark in its name.
    name = path.name.replace("?", "%3F") if path else ""
    prefix = f".updown-shadow-{name}-" if path else "updown-shadow-"
    with _lock:
        if path and clean:
            # Whoever has a file open for writing is alone with it: these are left from a crash.
            for left in path.parent.glob(f"{glob.escape(prefix)}*"):
                if left not in _in_use:
                    shutil.rmtree(left, ignore_errors=True)
        try:
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=path.parent if path else None))
        except OSError as error:
            said = f"there can be no shadow beside the database: {error.strerror}"
            raise duckdb.IOException(said) from None
        _in_use.add(folder)
    return folder


def _open_copy(
    cursor: duckdb.DuckDBPyConnection, database: str, copy: Path, alias: str
) -> tuple[duckdb.DuckDBPyConnection, Stamp | None, bool]:
    stamp = copy_file(cursor, copy, read_headers)
    if stamp is not None:
        con = connect_copy(copy)
        values = _next_values(cursor)
        if not values or values == _next_values(con):
            return con, stamp, bool(values)
        # A transaction that was rolled back drew values, which are in memory and in no file.
        con.close()
        copy.unlink()
    _copy(cursor, database, copy, alias)
    con = connect_copy(copy)
    _copy_triggers(cursor, con)
    return con, None, True


def _next_values(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return {key: value.next for key, value in read_sequence_values(con).items()}


def _copy(cursor: duckdb.DuckDBPyConnection, database: str, copy: Path, alias: str) -> None:
    cursor.execute(f"ATTACH {literal(str(copy))} AS {alias} (READ_WRITE)")
    try:
        tables = read_tables(cursor)
        copy_all = f"COPY FROM DATABASE {quote(database)} TO {alias}"
        if any(name in table.references for name, table in tables.items()):
            # DuckDB cannot copy rows that point at rows of their own table.
            cursor.execute(f"{copy_all} (SCHEMA)").fetchall()
            for table in parents_first(tables, frozenset(tables)):
                copy_rows(cursor, table, database, alias)
        else:
            cursor.execute(copy_all).fetchall()
    finally:
        cursor.execute(f"DETACH {alias}")


def connect_copy(copy: Path) -> duckdb.DuckDBPyConnection:
    """Open the file of a shadow in an instance of its own."""
    # A reader of the catalog on another cursor holds the copy for a moment after the DETACH.
    deadline = time.monotonic() + 5
    while True:
        try:
            # Whatever crashes, a shadow is thrown away: none of it has to reach the disk.
            return duckdb.connect(copy, config={"fsync_mode": "NONE"})
        except duckdb.ResourceInUseException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.005)


def _copy_triggers(cursor: duckdb.DuckDBPyConnection, con: duckdb.DuckDBPyConnection) -> None:
    # COPY FROM DATABASE leaves triggers behind.
    present = {row[0] for row in con.execute("SELECT sql FROM duckdb_triggers()").fetchall()}
    for (sql,) in cursor.execute(
        "SELECT sql FROM duckdb_triggers() WHERE database_name = current_database()"
        " AND NOT temporary ORDER BY trigger_oid"
    ).fetchall():
        if sql not in present:
            con.execute(sql)
