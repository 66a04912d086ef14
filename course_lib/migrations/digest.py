"""A fingerprint of the rows of each table: how many, and the sum of the hashes of the rows.

A sum does not depend on the order of the rows, and unlike an exclusive or it sees duplicates.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from .schema import OWN_SCHEMA, object_name


@dataclass(frozen=True)
class TableDigest:
    """Number of rows, and the sum of their hashes as text."""

    rows: int
    hash_sum: str


def digest_tables(
    con: duckdb.DuckDBPyConnection, database: str | None = None
) -> dict[str, TableDigest]:
    """The digest of every table of a database (the current one by default). Writes nothing."""
    database = database or _current(con)
    names = con.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ?"
        f" AND schema_name <> '{OWN_SCHEMA}' AND NOT internal AND NOT temporary ORDER BY ALL",
        [database],
    ).fetchall()
    return {
        object_name(schema, name): _digest(con, quote(database, schema, name))
        for schema, name in names
    }


def quote(*parts: str) -> str:
    """A name that SQL reads as this very name, whatever is in it.

    >>> quote("main", 'a"b')
    '"main"."a""b"'
    """
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def _digest(con: duckdb.DuckDBPyConnection, table: str) -> TableDigest:
    # hash(COLUMNS(*)) would give a column each; a row's hash has to know the order of its columns.
    rows, total = con.execute(
        f"SELECT count(*), coalesce(sum(hash(t)::HUGEINT), 0)::VARCHAR FROM {table} AS t"
    ).fetchall()[0]
    return TableDigest(rows, total)


def _current(con: duckdb.DuckDBPyConnection) -> str:
    name: str = con.execute("SELECT current_database()").fetchall()[0][0]
    return name
