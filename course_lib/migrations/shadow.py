"""The shadow: a copy of the database beside itself, in an instance of its own.

What happens there happens to nobody: a failure deletes it, and a crash leaves a folder that the
next shadow of the same file deletes.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from .catalog import Catalog, Entry, read_catalog, read_macros
from .digest import quote

_in_use: set[Path] = set()
_lock = threading.Lock()


@dataclass(frozen=True)
class Shadow:
    """An open shadow: its file, the name to attach it under, a connection, what was copied."""

    path: Path
    alias: str
    con: duckdb.DuckDBPyConnection
    before: Catalog
    macros: dict[str, Entry]


@contextlib.contextmanager
def open_shadow(cursor: duckdb.DuckDBPyConnection) -> Iterator[Shadow]:
    """Copy the cursor's database and open the copy; delete it at the end, whatever happened.

    Raises `duckdb.IOException` when the disk cannot hold the copy.
    """
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
        _copy(cursor, database, copy, alias)
        con = duckdb.connect(copy)
        try:
            _copy_triggers(cursor, con)
            yield Shadow(copy, alias, con, read_catalog(con), read_macros(con))
        finally:
            con.close()
    finally:
        _in_use.discard(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _new_folder(path: Path | None, *, clean: bool) -> Path:
    prefix = f".updown-shadow-{path.name}-" if path else "updown-shadow-"
    with _lock:
        if path and clean:
            # Whoever has a file open for writing is alone with it: these are left from a crash.
            for left in path.parent.glob(f"{prefix}*"):
                if left not in _in_use:
                    shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=path.parent if path else None))
        _in_use.add(folder)
    return folder


def _copy(cursor: duckdb.DuckDBPyConnection, database: str, copy: Path, alias: str) -> None:
    cursor.execute(f"ATTACH {literal(str(copy))} AS {alias} (READ_WRITE)")
    try:
        cursor.execute(f"COPY FROM DATABASE {quote(database)} TO {alias}").fetchall()
    finally:
        cursor.execute(f"DETACH {alias}")


def _copy_triggers(cursor: duckdb.DuckDBPyConnection, con: duckdb.DuckDBPyConnection) -> None:
    # COPY FROM DATABASE leaves triggers behind.
    present = {row[0] for row in con.execute("SELECT sql FROM duckdb_triggers()").fetchall()}
    for (sql,) in cursor.execute(
        "SELECT sql FROM duckdb_triggers() WHERE database_name = current_database()"
        " AND NOT temporary ORDER BY trigger_oid"
    ).fetchall():
        if sql not in present:
            con.execute(sql)


def literal(text: str) -> str:
    """A string literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
