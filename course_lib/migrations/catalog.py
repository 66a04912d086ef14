"""All that has to arrive when a shadow is put back, as SQL and fingerprints."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from .digest import TableDigest, digest_tables, quote
from .schema import OWN_SCHEMA, Schema, object_name, read_schema
from .statements import split_statements

_HERE = f"database_name = current_database() AND schema_name <> '{OWN_SCHEMA}'"


@dataclass(frozen=True)
class TableEntry:
    """A table as SQL: its parts, the columns that hold values, the tables it refers to."""

    schema: str
    name: str
    sql: str
    columns: tuple[str, ...]
    references: frozenset[str]


@dataclass(frozen=True)
class Entry:
    """Any other object: how it is made and removed, and the key of the table it belongs to."""

    create: str
    drop: str
    owner: str = ""


@dataclass(frozen=True)
class Catalog:
    """A database's objects by key, in the order in which they were made."""

    schema: Schema
    digests: dict[str, TableDigest]
    tables: dict[str, TableEntry]
    schemas: dict[str, Entry]
    types: dict[str, Entry]
    sequences: dict[str, Entry]
    sequence_values: dict[str, int | None]
    views: dict[str, Entry]
    indexes: dict[str, Entry]
    triggers: dict[str, Entry]
    comments: dict[str, tuple[str, str]]


def read_catalog(con: duckdb.DuckDBPyConnection) -> Catalog:
    """Read the catalog of the connection's current database. Writes nothing."""
    return Catalog(
        schema=read_schema(con),
        digests=digest_tables(con),
        tables=_tables(con),
        schemas=_entries(con, "SCHEMA", "schema_name, '', NULL, ''", "duckdb_schemas()"),
        types=_types(con),
        sequences=_entries(
            con,
            "SEQUENCE",
            "schema_name, sequence_name, regexp_replace(sql, ' START -?[0-9]+', '') , ''",
            "duckdb_sequences()",
        ),
        sequence_values=_sequence_values(con),
        views=_entries(con, "VIEW", "schema_name, view_name, sql, ''", "duckdb_views()"),
        indexes=_entries(
            con, "INDEX", "schema_name, index_name, sql, table_name", "duckdb_indexes()"
        ),
        triggers=_triggers(con),
        comments=_comments(con),
    )


def read_macros(con: duckdb.DuckDBPyConnection) -> dict[str, Entry]:
    """Macros as SQL. Only an export keeps the defaults of their parameters."""
    found = con.execute(
        "SELECT DISTINCT schema_name, function_name, function_type FROM duckdb_functions()"
        f" WHERE NOT internal AND function_type IN ('macro', 'table_macro') AND {_HERE}"
    ).fetchall()
    if not found:
        return {}
    drops = {
        object_name(schema, name): f"DROP MACRO {'TABLE ' if kind == 'table_macro' else ''}"
        f"IF EXISTS {quote(schema, name)}"
        for schema, name, kind in found
    }
    return {key: Entry(create, drops.get(key, "")) for key, create in _exported_macros(con).items()}


def _exported_macros(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    database = con.execute("SELECT current_database()").fetchall()[0][0]
    cursor = con.cursor()
    try:
        cursor.execute("ATTACH ':memory:' AS updown_export")
        cursor.execute(f"COPY FROM DATABASE {quote(database)} TO updown_export (SCHEMA)")
        with tempfile.TemporaryDirectory(prefix="updown-export-") as folder:
            cursor.execute("USE updown_export")
            cursor.execute(f"EXPORT DATABASE '{folder.replace(chr(39), chr(39) * 2)}'").fetchall()
            text = (Path(folder) / "schema.sql").read_text(encoding="utf-8")
        cursor.execute(f"USE {quote(database)}")
        cursor.execute("DETACH updown_export")
    finally:
        cursor.close()
    steps = split_statements(text)
    if not isinstance(steps, tuple):
        raise RuntimeError(f"DuckDB exported SQL that it cannot read: {steps.message}")
    macros = [step.sql for step in steps if step.sql.startswith("CREATE MACRO ")]
    return {
        sql.removeprefix("CREATE MACRO ").split("(", 1)[0].strip().strip('"').lower(): sql
        for sql in macros
    }


def _tables(con: duckdb.DuckDBPyConnection) -> dict[str, TableEntry]:
    rows = con.execute(
        "SELECT schema_name, table_name, sql,"
        " (SELECT list(column_name ORDER BY column_index) FROM duckdb_columns() AS c"
        "  WHERE c.table_oid = t.table_oid AND c.database_name = t.database_name"
        "  AND NOT is_generated),"
        " (SELECT list(DISTINCT referenced_table) FROM duckdb_constraints() AS k"
        "  WHERE k.table_oid = t.table_oid AND k.database_name = t.database_name"
        "  AND referenced_table IS NOT NULL)"
        f" FROM duckdb_tables() AS t WHERE {_HERE} AND NOT internal AND NOT temporary"
        " ORDER BY table_oid"
    ).fetchall()
    return {
        object_name(schema, name): TableEntry(
            schema,
            name,
            sql,
            tuple(columns),
            frozenset(object_name(schema, other) for other in referenced or ()),
        )
        for schema, name, sql, columns, referenced in rows
    }


def _entries(con: duckdb.DuckDBPyConnection, kind: str, what: str, source: str) -> dict[str, Entry]:
    temporary = " AND NOT temporary" if source in ("duckdb_views()", "duckdb_sequences()") else ""
    internal = "" if source in ("duckdb_indexes()", "duckdb_sequences()") else " AND NOT internal"
    oid = f"{kind.lower()}_oid" if kind != "SCHEMA" else "oid"
    entries = {}
    for schema, name, sql, table in con.execute(
        f"SELECT {what} FROM {source} WHERE {_HERE}{internal}{temporary} ORDER BY {oid}"
    ).fetchall():
        quoted = quote(schema, name) if name else quote(schema)
        entries[object_name(schema, name) if name else schema.lower()] = Entry(
            sql or f"CREATE SCHEMA {quoted}",
            f"DROP {kind} IF EXISTS {quoted}",
            object_name(schema, table) if table else "",
        )
    return entries


def _types(con: duckdb.DuckDBPyConnection) -> dict[str, Entry]:
    names = con.execute(
        "SELECT schema_name, type_name FROM duckdb_types()"
        f" WHERE NOT internal AND {_HERE} ORDER BY type_oid"
    ).fetchall()
    entries = {}
    for schema, name in names:
        quoted = quote(schema, name)
        text = con.execute(f"SELECT typeof(NULL::{quoted})").fetchall()[0][0]
        entries[object_name(schema, name)] = Entry(
            f"CREATE TYPE {quoted} AS {text}", f"DROP TYPE IF EXISTS {quoted}"
        )
    return entries


def _sequence_values(con: duckdb.DuckDBPyConnection) -> dict[str, int | None]:
    rows = con.execute(
        "SELECT schema_name, sequence_name, last_value FROM duckdb_sequences()"
        f" WHERE {_HERE} AND NOT temporary"
    ).fetchall()
    return {object_name(schema, name): value for schema, name, value in rows}


def _triggers(con: duckdb.DuckDBPyConnection) -> dict[str, Entry]:
    rows = con.execute(
        "SELECT schema_name, table_name, trigger_name, sql FROM duckdb_triggers()"
        f" WHERE {_HERE} AND NOT temporary ORDER BY trigger_oid"
    ).fetchall()
    return {
        object_name(schema, f"{table}.{name}"): Entry(
            sql, f"DROP TRIGGER {quote(name)} ON {quote(schema, table)}", object_name(schema, table)
        )
        for schema, table, name, sql in rows
    }


def _comments(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    """Target of `COMMENT ON` to the comment and the key of the object that it belongs to."""
    found: dict[str, tuple[str, str]] = {}
    for kind, column, source in (
        ("TABLE", "table_name", "duckdb_tables()"),
        ("VIEW", "view_name", "duckdb_views()"),
        ("INDEX", "index_name", "duckdb_indexes()"),
        ("SEQUENCE", "sequence_name", "duckdb_sequences()"),
        ("TYPE", "type_name", "duckdb_types()"),
        ("MACRO", "function_name", "duckdb_functions()"),
    ):
        for schema, name, comment in con.execute(
            f"SELECT schema_name, {column}, comment FROM {source}"
            f" WHERE comment IS NOT NULL AND {_HERE}"
        ).fetchall():
            found[f"{kind} {quote(schema, name)}"] = (comment, object_name(schema, name))
    for schema, table, column, comment in con.execute(
        "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns()"
        f" WHERE comment IS NOT NULL AND NOT internal AND {_HERE}"
    ).fetchall():
        found[f"COLUMN {quote(schema, table, column)}"] = (comment, object_name(schema, table))
    return found
