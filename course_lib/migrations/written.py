"""Which tables a migration may have written to, read from the log of its shadow.

DuckDB's log must be enough to do every change again, so it names each table whose rows changed.
A table that it does not name has the rows it had, and nobody has to count and hash them.
"""

from __future__ import annotations

import mmap
import secrets
from collections.abc import Mapping
from pathlib import Path

import duckdb

from .catalog import TableEntry
from .listing import Row
from .quoting import quote


def watch(con: duckdb.DuckDBPyConnection) -> str:
    """Begin to keep the log of this connection's database, and give the mark that it begins with.

    The mark is a schema that is made and dropped at once: nothing of it stays but its name.
    """
    mark = f"updown_{secrets.token_hex(8)}"
    con.execute("SET GLOBAL wal_autocheckpoint = '1TB'")
    con.execute(f"CREATE SCHEMA {quote(mark)}")
    con.execute(f"DROP SCHEMA {quote(mark)}")
    return mark


def written_tables(path: Path, mark: str, tables: Mapping[str, TableEntry | Row]) -> frozenset[str]:
    """The tables that may have been written to since the mark; all where the log is not whole.

    `path` is the database file. A name that stands in the log by chance counts as written to.
    """
    log = path.with_name(f"{path.name}.wal")
    if not log.exists() or not log.stat().st_size:
        return frozenset(tables)
    with log.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        # The migration may have made a checkpoint, which empties the log.
        if content.find(mark.encode()) < 0:
            return frozenset(tables)
        return frozenset(
            key for key, table in tables.items() if content.find(table.name.encode()) >= 0
        )
