"""The tables of a database, read from DuckDB's listings; a listing each, comments and all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import duckdb

from .names import HERE, OWN_SCHEMA
from .schema_paths import SchemaPaths
from .spelling import one_default, same_case
from .sql_text import index_parts
from .table import Column, Constraint, Index, Table
from .table_definition import Check, ForeignKey, Key, TableDefinition
from .table_parser import parse_table


class Listed(NamedTuple):
    """A table as DuckDB lists it, with its names as they are."""

    database: str
    schema: str
    name: str
    oid: int
    schema_oid: int
    comment: str | None
    sql: str


def list_tables(con: duckdb.DuckDBPyConnection) -> list[Listed]:
    """The tables of the current database in the order of their names, the engine's own as well."""
    rows = con.execute(
        "SELECT database_name, schema_name, table_name, table_oid, schema_oid, comment, sql"
        " FROM duckdb_tables()"
        " WHERE database_name = current_database() AND NOT internal AND NOT temporary"
        " ORDER BY schema_name, table_name"
    ).fetchall()
    return [Listed(*row) for row in rows]


def read_tables(
    con: duckdb.DuckDBPyConnection, paths: SchemaPaths, tables: Iterable[Listed]
) -> tuple[dict[str, Table], dict[str, str]]:
    """These tables by name, without the engine's own; and the comments on indexes and on columns of
    views: "index i" to text.

    Writes nothing.
    """
    listed = [one for one in tables if one.schema != OWN_SCHEMA]
    texts = {one.oid: parse_table("", one.name, one.sql) for one in listed}
    columns, comments = _columns(con, texts, paths)
    indexes, on_indexes = _indexes(con, paths)
    found = {}
    for one in listed:
        key = paths.key(one.schema_oid, one.name)
        constraints = (_constraint(texts[one.oid], stated) for stated in texts[one.oid].constraints)
        found[key] = Table(
            key,
            tuple(columns.get(one.oid, ())),
            tuple(sorted(constraints, key=lambda c: (c.kind, c.columns, c.text))),
            tuple(sorted(indexes.get(one.oid, ()), key=lambda i: i.name)),
            one.comment,
        )
    return found, comments | on_indexes


def _columns(
    con: duckdb.DuckDBPyConnection, texts: dict[int, TableDefinition], paths: SchemaPaths
) -> tuple[dict[int, list[Column]], dict[str, str]]:
    found: dict[int, list[Column]] = {}
    comments: dict[str, str] = {}
    collations = {
        oid: {one.name: one.collation for one in text.columns} for oid, text in texts.items()
    }
    for oid, schema, of, name, type_, nullable, default, is_made, made, comment in con.execute(
        "SELECT table_oid, schema_oid, table_name, column_name, data_type, is_nullable,"
        " column_default, is_generated, generation_expression, comment FROM duckdb_columns()"
        f" WHERE {HERE} AND NOT internal ORDER BY table_oid, column_index"
    ).fetchall():
        if oid not in texts:
            # A column of a view.
            if comment is not None:
                comments[f"column {paths.key(schema, of)}.{name.lower()}"] = comment
            continue
        collation = collations[oid].get(name)
        column = Column(
            name.lower(),
            f"{type_} COLLATE {collation.upper()}" if collation else type_,
            nullable,
            None if is_made else one_default(default, type_),
            None if made is None else same_case(made),
            comment,
        )
        found.setdefault(oid, []).append(column)
    return found, comments


def _constraint(table: TableDefinition, stated: Key | Check | ForeignKey) -> Constraint:
    if isinstance(stated, Check):
        names = tuple(name.lower() for name in table.checked_columns(stated))
        return Constraint("CHECK", names, f"CHECK {same_case(stated.condition)}", None)
    columns = tuple(name.lower() for name in stated.columns)
    listed = ", ".join(columns)
    if isinstance(stated, Key):
        return Constraint(stated.kind, columns, f"{stated.kind} ({listed})", None)
    references = f"{stated.references}({', '.join(stated.referenced)})".lower()
    text = f"FOREIGN KEY ({listed}) REFERENCES {references}"
    return Constraint("FOREIGN KEY", columns, text, references)


def _indexes(
    con: duckdb.DuckDBPyConnection, paths: SchemaPaths
) -> tuple[dict[int, list[Index]], dict[str, str]]:
    found: dict[int, list[Index]] = {}
    comments: dict[str, str] = {}
    for table, schema, name, unique, expressions, sql, comment in con.execute(
        "SELECT table_oid, schema_oid, index_name, is_unique, expressions, sql, comment"
        f" FROM duckdb_indexes() WHERE {HERE}"
    ).fetchall():
        _, method, options = index_parts(sql)
        on = " ".join(filter(None, (same_case(expressions), method, options)))
        found.setdefault(table, []).append(Index(name.lower(), unique, on))
        if comment is not None:
            comments[f"index {paths.key(schema, name)}"] = comment
    return found, comments
