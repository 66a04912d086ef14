"""What a schema holds besides tables, each with a text that says what it is, and its comments."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from .comments import read_comments
from .digest import quote
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


def read_others(con: duckdb.DuckDBPyConnection, macros: bool) -> dict[str, str]:
    """Views, sequences, types, macros, triggers, schemas and comments: "view v" to its text."""
    found = dict(_objects(con, macros))
    found |= {
        f"type {object_name(schema, name)}": text for schema, name, text in sorted(read_types(con))
    }
    # Listing macros is slow: not once more where there are none.
    any_macro = any(key.startswith("macro ") for key in found)
    return found | dict(sorted(_comments(con, any_macro)))


def read_types(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Schema, name and text of every type, oldest first: `ENUM('a', 'b')`. Writes nothing."""
    names = con.execute(
        "SELECT schema_name, type_name FROM duckdb_types()"
        f" WHERE NOT internal AND {HERE} ORDER BY type_oid"
    ).fetchall()
    return [(schema, name, type_text(con, quote(schema, name))) for schema, name in names]


def type_text(con: duckdb.DuckDBPyConnection, type_: str) -> str:
    """The text of a type that is named as SQL, such as `ENUM('a', 'b')`."""
    # The listing knows an enum's labels, but neither a struct's fields nor a decimal's digits.
    text: str = con.execute(f"SELECT typeof(NULL::{type_})").fetchall()[0][0]
    return text


def _objects(con: duckdb.DuckDBPyConnection, macros: bool) -> Iterator[tuple[str, str]]:
    for kind, query in _QUERIES.items():
        if kind == "macro" and not macros:
            continue
        for schema, name, text in con.execute(f"{query} AND {HERE} ORDER BY ALL").fetchall():
            key = schema.lower() if kind == "schema" else _name(kind, schema, name)
            yield f"{kind} {key}", same_case(text) if text else text


def _comments(con: duckdb.DuckDBPyConnection, macros: bool) -> Iterator[tuple[str, str]]:
    for comment in read_comments(con, macros=macros).values():
        kind, name = comment.owner.split(" ", 1)
        # A table's comment and those of its columns stand with the table.
        if kind == "table":
            continue
        if comment.column is not None:
            yield f"comment of column {name}.{comment.column.lower()}", comment.text
        else:
            yield f"comment of {comment.owner}", comment.text


def _name(kind: str, schema: str, name: str) -> str:
    if kind in ("macro", "trigger"):
        # `f(a, b)` and `table.trigger` hold more than one name.
        return name.lower() if schema == "main" else f"{schema}.{name}".lower()
    return object_name(schema, name)
