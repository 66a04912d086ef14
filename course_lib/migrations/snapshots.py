"""The rows of a database at some moment, kept in a file beside it while it goes on changing."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from .catalog import read_tables
from .quoting import literal, quote
from .steps import own_cursor

ALIAS = "updown_moments"


@dataclass(frozen=True)
class Rows:
    """Where the rows of a table can be read, in SQL, and the names of its columns by lower case."""

    source: str
    columns: dict[str, str]


def keep_rows(
    con: duckdb.DuckDBPyConnection, file: Path, moment: str, tables: Collection[str] | None = None
) -> dict[str, Rows]:
    """Copy the rows of all tables, or of these, as they are now. The database is only read.

    The file is attached no longer than the copying takes: SQL that runs later does not see it.
    """
    kept = {}
    with own_cursor(con) as cursor, _attached(cursor, file):
        for number, (name, table) in enumerate(read_tables(cursor).items()):
            if tables is None or name in tables:
                into = quote(ALIAS, "main", f"{moment} {number}")
                rows = _live(cursor, table.schema, table.name)
                cursor.execute(f"CREATE TABLE {into} AS FROM {rows.source}").fetchall()
                kept[name] = Rows(into, rows.columns)
    return kept


def _live(con: duckdb.DuckDBPyConnection, schema: str, name: str) -> Rows:
    database = con.execute("SELECT current_database()").fetchall()[0][0]
    source = quote(database, schema, name)
    described = con.execute(f"FROM {source} LIMIT 0").description
    return Rows(source, {column[0].lower(): column[0] for column in described or ()})


@contextlib.contextmanager
def looking_back(con: duckdb.DuckDBPyConnection, file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor that can read what was kept."""
    with own_cursor(con) as cursor, _attached(cursor, file):
        yield cursor


@contextlib.contextmanager
def _attached(cursor: duckdb.DuckDBPyConnection, file: Path) -> Iterator[None]:
    cursor.execute(f"ATTACH {literal(str(file))} AS {ALIAS}")
    try:
        yield
    finally:
        cursor.execute(f"DETACH {ALIAS}")
