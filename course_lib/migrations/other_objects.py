"""What a schema holds besides tables, each with a text that says what it is, and its comments."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from .names import HERE, object_name
from .spelling import same_case

_QUERIES = {
    "schema": "SELECT schema_name, '', '' FROM duckdb_schemas() WHERE NOT internal",
    "view": "SELECT schema_name, view_name, sql FROM duckdb_views()"
    " WHERE NOT internal AND NOT temporary",
    "sequence": "SELECT schema_name, sequence_name, 'INCREMENT BY ' || increment_by"
    " || ' MINVALUE ' || min_value || ' MAXVALUE ' || max_value"
    " || if(cycle, ' CYCLE', ' NO CYCLE') FROM duckdb_sequences() WHERE NOT temporary",
    "macro": "SELECT schema_name, function_name || '(' || array_to_string(parameters, ', ')"
    " || ')', if(function_type = 'table_macro', 'TABLE ', '') || macro_definition"
    " FROM duckdb_functions() WHERE NOT internal"
    " AND function_type IN ('macro', 'table_macro')",
    "trigger": "SELECT schema_name, table_name || '.' || trigger_name, sql"
    " FROM duckdb_triggers() WHERE NOT temporary",
}

# A table's comment and those of its columns stand with the table.
_COMMENTS = {
    "view": "SELECT schema_name, view_name, comment FROM duckdb_views()"
    " WHERE NOT internal AND NOT temporary",
    "column": "SELECT schema_name, table_name || '.' || column_name, comment"
    " FROM duckdb_columns() WHERE NOT internal"
    " AND table_oid IN (SELECT view_oid FROM duckdb_views() WHERE NOT temporary)",
    "index": "SELECT schema_name, index_name, comment FROM duckdb_indexes() WHERE true",
    "sequence": "SELECT schema_name, sequence_name, comment FROM duckdb_sequences()"
    " WHERE NOT temporary",
    "type": "SELECT schema_name, type_name, comment FROM duckdb_types() WHERE NOT internal",
    "macro": "SELECT DISTINCT schema_name, function_name, comment FROM duckdb_functions()"
    " WHERE NOT internal AND function_type = 'macro'",
    "macro table": "SELECT DISTINCT schema_name, function_name, comment"
    " FROM duckdb_functions() WHERE NOT internal AND function_type = 'table_macro'",
}


def read_others(con: duckdb.DuckDBPyConnection, macros: bool) -> dict[str, str]:
    """Views, sequences, types, macros, triggers, schemas and comments: "view v" to its text."""
    return dict(_all(con, macros))


def _all(con: duckdb.DuckDBPyConnection, macros: bool) -> Iterator[tuple[str, str]]:
    for kind, query in _QUERIES.items():
        if kind == "macro" and not macros:
            continue
        for schema, name, text in con.execute(f"{query} AND {HERE} ORDER BY ALL").fetchall():
            key = schema.lower() if kind == "schema" else _name(kind, schema, name)
            yield f"{kind} {key}", same_case(text) if text else text
    yield from _types(con)
    for kind, query in _COMMENTS.items():
        if kind.startswith("macro") and not macros:
            continue
        rows = con.execute(f"{query} AND comment IS NOT NULL AND {HERE} ORDER BY ALL").fetchall()
        for schema, name, comment in rows:
            yield f"comment of {kind} {_name(kind, schema, name)}", comment


def _types(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    rows = con.execute(
        "SELECT schema_name, type_name FROM duckdb_types()"
        f" WHERE NOT internal AND {HERE} ORDER BY ALL"
    ).fetchall()
    for schema, name in rows:
        # The listing knows an enum's labels, but neither a struct's fields nor a decimal's digits.
        quoted = ".".join('"' + part.replace('"', '""') + '"' for part in (schema, name))
        text = con.execute(f"SELECT typeof(NULL::{quoted})").fetchall()[0][0]
        yield f"type {object_name(schema, name)}", text


def _name(kind: str, schema: str, name: str) -> str:
    if kind in ("macro", "trigger", "column"):
        # `f(a, b)` and `table.trigger` hold more than one name.
        return name.lower() if schema == "main" else f"{schema}.{name}".lower()
    return object_name(schema, name)
