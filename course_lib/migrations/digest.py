"""A fingerprint of the rows of each table: how many, and the sum of the hashes of the rows.

A sum does not depend on the order of the rows, and unlike an exclusive or it sees duplicates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from .names import OWN_SCHEMA, object_name
from .quoting import quote

# DuckDB hashes -0.0 like 0.0 and 30 days like one month; only their text tells them apart.
_EQUAL_BUT_NOT_THE_SAME = re.compile("FLOAT|DOUBLE|INTERVAL|TIME WITH TIME ZONE")


@dataclass(frozen=True)
class TableDigest:
    """Number of rows, and the sum of their hashes as text."""

    rows: int
    hash_sum: str


def digest_tables(
    con: duckdb.DuckDBPyConnection, database: str | None = None
) -> dict[str, TableDigest]:
    """The digest of every table of a database, the current one by default. Writes nothing."""
    tables = con.execute(
        "SELECT c.database_name, c.schema_name, c.table_name, list(c.data_type)"
        " FROM duckdb_columns() AS c SEMI JOIN duckdb_tables() AS t USING (database_oid, table_oid)"
        " WHERE c.database_name = coalesce(?, current_database())"
        f" AND c.schema_name <> '{OWN_SCHEMA}' AND NOT c.internal GROUP BY ALL ORDER BY 2, 3",
        [database],
    ).fetchall()
    return {
        object_name(schema, name): digest_table(con, quote(here, schema, name), types)
        for here, schema, name, types in tables
    }


def digest_table(con: duckdb.DuckDBPyConnection, table: str, types: Iterable[str]) -> TableDigest:
    """The digest of a table, given as SQL, with columns of these types. Writes nothing."""
    return _digest(con, table, any(map(_EQUAL_BUT_NOT_THE_SAME.search, types)))


def digest_columns(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str]
) -> TableDigest:
    """The digest of some columns, names to types, of a table that is given as SQL.

    Writes nothing.
    """
    chosen = f"(SELECT {', '.join(map(quote, columns))} FROM {table})"
    return digest_table(con, chosen, columns.values())


def _digest(con: duckdb.DuckDBPyConnection, table: str, as_text: bool) -> TableDigest:
    # hash(COLUMNS(*)) would give a column each; a row's hash has to know the order of its columns.
    # The name of the row must not be the name of a column, or only that column would count.
    row = '"row of updown"'
    hashed = f"{row}, {row}::VARCHAR" if as_text else row
    rows, total = con.execute(
        f"SELECT count(*), coalesce(sum(hash({hashed})::HUGEINT), 0)::VARCHAR FROM {table} AS {row}"
    ).fetchall()[0]
    return TableDigest(rows, total)
