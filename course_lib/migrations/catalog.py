"""All that has to arrive when a shadow is put back, as SQL and fingerprints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from .comments import Comment, read_comments
from .create_table import parse_create_table
from .digest import TableDigest, digest_tables, quote
from .macros import read_macros
from .names import HERE, object_name
from .other_objects import read_types
from .schema import Schema, read_schema

_SIMPLE = {
    "schema": "SELECT schema_name, NULL, NULL, NULL FROM duckdb_schemas()"
    f" WHERE NOT internal AND {HERE} ORDER BY oid",
    "view": "SELECT schema_name, view_name, sql, NULL FROM duckdb_views()"
    f" WHERE NOT internal AND NOT temporary AND {HERE} ORDER BY view_oid",
    "index": "SELECT schema_name, index_name, sql, table_name FROM duckdb_indexes()"
    f" WHERE {HERE} ORDER BY index_oid",
}


@dataclass(frozen=True)
class TableEntry:
    """A table as SQL: its parts, the columns that hold values, the tables it refers to."""

    schema: str
    name: str
    create: str
    columns: tuple[str, ...]
    references: frozenset[str]


@dataclass(frozen=True)
class Entry:
    """Any other object: how it is made and removed, and the name of the table it belongs to."""

    create: str
    drop: str
    owner: str = ""


@dataclass(frozen=True)
class SequenceValue:
    """The value that a sequence gave last, None before the first, and the one that comes next."""

    last: int | None
    next: int


@dataclass(frozen=True)
class Catalog:
    """A database's objects: tables by name, all others by kind and name (`view v`)."""

    schema: Schema
    digests: dict[str, TableDigest]
    tables: dict[str, TableEntry]
    others: dict[str, Entry]
    sequence_values: dict[str, SequenceValue]
    comments: dict[str, Comment]

    def of_kind(self, *kinds: str) -> dict[str, Entry]:
        """The other objects of these kinds, in the order in which they were made."""
        return {k: e for kind in kinds for k, e in self.others.items() if k.startswith(f"{kind} ")}


def read_catalog(con: duckdb.DuckDBPyConnection, *, rows: bool = True) -> Catalog:
    """Read the catalog of the connection's current database, without digests where `rows` is False.

    Writes nothing.
    """
    macros = read_macros(con)
    others = {
        **dict(_simple(con)),
        **dict(_types(con)),
        **dict(_sequences(con)),
        **{key: Entry(create, drop) for key, (create, drop) in macros.items()},
        **dict(_triggers(con)),
    }
    return Catalog(
        schema=read_schema(con, macros=bool(macros)),
        digests=digest_tables(con) if rows else {},
        tables=read_tables(con),
        others=others,
        sequence_values=read_sequence_values(con),
        comments=read_comments(con, macros=bool(macros)),
    )


def read_sequence_values(con: duckdb.DuckDBPyConnection) -> dict[str, SequenceValue]:
    """Where every sequence stands, by key (`sequence s`)."""
    # DuckDB writes the next value as the START of the SQL text, and `start_value` stays.
    rows = con.execute(
        "SELECT schema_name, sequence_name, last_value,"
        " regexp_extract(sql, ' START (-?[0-9]+)( NO)? CYCLE;$', 1)::BIGINT"
        f" FROM duckdb_sequences() WHERE NOT temporary AND {HERE}"
    ).fetchall()
    return {
        f"sequence {object_name(schema, name)}": SequenceValue(last, following)
        for schema, name, last, following in rows
    }


def read_tables(con: duckdb.DuckDBPyConnection) -> dict[str, TableEntry]:
    """The tables of the connection's current database by name, oldest first. Writes nothing."""
    rows = con.execute(
        "SELECT schema_name, table_name, sql,"
        " (SELECT list(column_name ORDER BY column_index) FROM duckdb_columns() AS c"
        "  WHERE c.table_oid = t.table_oid AND c.database_name = t.database_name"
        "  AND NOT is_generated)"
        f" FROM duckdb_tables() AS t WHERE {HERE} AND NOT internal AND NOT temporary"
        " ORDER BY table_oid"
    ).fetchall()
    return {
        object_name(schema, name): TableEntry(
            schema, name, sql, tuple(columns), _references(schema, sql)
        )
        for schema, name, sql, columns in rows
    }


def _references(schema: str, sql: str) -> frozenset[str]:
    """The tables that a table refers to; a foreign key does not leave its schema."""
    stated = parse_create_table(sql).constraints
    return frozenset(object_name(schema, one.referenced) for one in stated if one.referenced)


def _simple(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Entry]]:
    for kind, query in _SIMPLE.items():
        for schema, name, sql, table in con.execute(query).fetchall():
            quoted = quote(schema, name) if name is not None else quote(schema)
            key = object_name(schema, name) if name is not None else schema.lower()
            yield (
                f"{kind} {key}",
                Entry(
                    sql or f"CREATE SCHEMA {quoted}",
                    f"DROP {kind.upper()} IF EXISTS {quoted}",
                    object_name(schema, table) if table else "",
                ),
            )


def _types(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Entry]]:
    for schema, name, text in read_types(con):
        quoted = quote(schema, name)
        yield (
            f"type {object_name(schema, name)}",
            Entry(f"CREATE TYPE {quoted} AS {text}", f"DROP TYPE IF EXISTS {quoted}"),
        )


def _sequences(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Entry]]:
    # DuckDB's own SQL text of a sequence leaves out the quotes and the schema.
    rows = con.execute(
        "SELECT schema_name, sequence_name, ' INCREMENT BY ' || increment_by || ' MINVALUE '"
        " || min_value || ' MAXVALUE ' || max_value || ' START ' || start_value"
        " || if(cycle, ' CYCLE', ' NO CYCLE')"
        f" FROM duckdb_sequences() WHERE NOT temporary AND {HERE} ORDER BY sequence_oid"
    ).fetchall()
    for schema, name, options in rows:
        quoted = quote(schema, name)
        yield (
            f"sequence {object_name(schema, name)}",
            Entry(f"CREATE SEQUENCE {quoted}{options}", f"DROP SEQUENCE IF EXISTS {quoted}"),
        )


def _triggers(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Entry]]:
    rows = con.execute(
        "SELECT schema_name, table_name, trigger_name, sql FROM duckdb_triggers()"
        f" WHERE {HERE} AND NOT temporary ORDER BY trigger_oid"
    ).fetchall()
    for schema, table, name, sql in rows:
        owner = object_name(schema, table)
        drop = f"DROP TRIGGER {quote(name)} ON {quote(schema, table)}"
        yield f"trigger {owner}.{name.lower()}", Entry(sql, drop, owner)
