"""DuckDB's listings of databases, read in one query: each asked for alone takes as long again.

Macros are not among them, since DuckDB walks its own functions to list them (see `macros.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import duckdb

from .names import OWN_SCHEMA
from .quoting import literal


class Row(NamedTuple):
    """One object or column, with the names as they are.

    `text` is an object's SQL or a column's type; `part` the table of an index or a trigger, or a
    column's name. `stored` is False for a generated column. `last` and `start` are of sequences;
    the START in the SQL of one is the value that comes next.
    """

    kind: str
    database: str
    oid: int
    schema: str
    name: str
    text: str | None
    part: str | None
    comment: str | None
    stored: bool
    last: int | None
    start: int | None


# The columns oid, name, text, part, comment, stored, last, start of each listing; where they are.
_LISTINGS = {
    "schema": (
        "oid, '', NULL, NULL, NULL, true, NULL, NULL",
        "duckdb_schemas() WHERE NOT internal",
    ),
    "type": (
        "type_oid, type_name, NULL, NULL, comment, true, NULL, NULL",
        "duckdb_types() WHERE NOT internal",
    ),
    "sequence": (
        "sequence_oid, sequence_name, sql, NULL, comment, true, last_value, start_value",
        "duckdb_sequences() WHERE NOT temporary",
    ),
    "table": (
        "table_oid, table_name, sql, NULL, comment, true, NULL, NULL",
        "duckdb_tables() WHERE NOT internal AND NOT temporary",
    ),
    "column": (
        "column_index, table_name, data_type, column_name, comment, NOT is_generated, NULL, NULL",
        "duckdb_columns() WHERE NOT internal",
    ),
    "index": (
        "index_oid, index_name, sql, table_name, comment, true, NULL, NULL",
        "duckdb_indexes() WHERE true",
    ),
    "view": (
        "view_oid, view_name, sql, NULL, comment, true, NULL, NULL",
        "duckdb_views() WHERE NOT internal AND NOT temporary",
    ),
    "trigger": (
        "trigger_oid, trigger_name, sql, table_name, NULL, true, NULL, NULL",
        "duckdb_triggers() WHERE NOT temporary",
    ),
}


def read_listings(
    con: duckdb.DuckDBPyConnection,
    kinds: Iterable[str] = tuple(_LISTINGS),
    databases: Iterable[str] = (),
) -> list[Row]:
    """The rows of these kinds in these databases, the current one by default. Writes nothing.

    Objects of one kind come oldest first, columns in the order of their table.
    """
    names = ", ".join(map(literal, databases))
    where = f"schema_name <> '{OWN_SCHEMA}' AND database_name IN ({names or 'current_database()'})"
    parts = []
    for kind in kinds:
        columns, source = _LISTINGS[kind]
        oid, rest = columns.split(", ", 1)
        parts.append(
            f"SELECT '{kind}', database_name, {oid}, schema_name, {rest} FROM {source} AND {where}"
        )
    rows = con.execute(" UNION ALL ".join(parts)).fetchall()
    order = list(_LISTINGS)
    return sorted((Row(*row) for row in rows), key=lambda row: (order.index(row.kind), row.oid))
