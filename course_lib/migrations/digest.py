"""A fingerprint of the rows of each table: how many, and the sum of the hashes of the rows.

A sum does not depend on the order of the rows, and unlike an exclusive or it sees duplicates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from .names import OWN_SCHEMA, object_name
from .quoting import quote as quote

# DuckDB hashes -0.0 like 0.0 and 30 days like one month; only their text tells them apart.
_EQUAL_BUT_NOT_THE_SAME = "FLOAT|DOUBLE|INTERVAL|TIME WITH TIME ZONE"


@dataclass(frozen=True)
class TableDigest:
    """Number of rows, and the sum of their hashes as text."""

    rows: int
    hash_sum: str


def digest_tables(
    con: duckdb.DuckDBPyConnection,
    database: str | None = None,
    *,
    only: frozenset[str] | None = None,
) -> dict[str, TableDigest]:
    """The digest of every table of a database (the current one by default), or of some by name.

    Writes nothing.
    """
    database = database or _current(con)
    names = con.execute(
        "SELECT schema_name, table_name, (SELECT bool_or(regexp_matches(data_type, ?))"
        "  FROM duckdb_columns() AS c"
        "  WHERE c.table_oid = t.table_oid AND c.database_name = t.database_name)"
        " FROM duckdb_tables() AS t WHERE database_name = ?"
        f" AND schema_name <> '{OWN_SCHEMA}' AND NOT internal AND NOT temporary ORDER BY ALL",
        [_EQUAL_BUT_NOT_THE_SAME, database],
    ).fetchall()
    return {
        object_name(schema, name): _digest(con, quote(database, schema, name), as_text)
        for schema, name, as_text in names
        if only is None or object_name(schema, name) in only
    }


def digest_columns(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str]
) -> TableDigest:
    """The digest of some columns, names to types, of a table that is given as SQL.

    Writes nothing.
    """
    as_text = any(re.search(_EQUAL_BUT_NOT_THE_SAME, type_) for type_ in columns.values())
    return _digest(con, f"(SELECT {', '.join(map(quote, columns))} FROM {table})", as_text)


def _digest(con: duckdb.DuckDBPyConnection, table: str, as_text: bool) -> TableDigest:
    # hash(COLUMNS(*)) would give a column each; a row's hash has to know the order of its columns.
    # The name of the row must not be the name of a column, or only that column would count.
    row = '"row of updown"'
    hashed = f"{row}, {row}::VARCHAR" if as_text else row
    rows, total = con.execute(
        f"SELECT count(*), coalesce(sum(hash({hashed})::HUGEINT), 0)::VARCHAR FROM {table} AS {row}"
    ).fetchall()[0]
    return TableDigest(rows, total)


def _current(con: duckdb.DuckDBPyConnection) -> str:
    name: str = con.execute("SELECT current_database()").fetchall()[0][0]
    return name
