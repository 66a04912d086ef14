"""The tables of a database, read from DuckDB's listings; a listing each, comments and all."""

from __future__ import annotations

import duckdb

from .names import HERE
from .schema_paths import SchemaPaths
from .spelling import one_default, same_case
from .sql_text import index_parts
from .table import Column, Constraint, Index, Table
from .table_definition import Check, ForeignKey, Key, TableDefinition
from .table_parser import parse_table


def read_tables(
    con: duckdb.DuckDBPyConnection, paths: SchemaPaths
) -> tuple[dict[str, Table], dict[str, str]]:
    """The tables by name, and the comments on indexes and on columns of views: "index i" to text.

    Writes nothing.
    """
    listed = con.execute(
        "SELECT table_oid, schema_oid, table_name, comment, sql FROM duckdb_tables()"
        f" WHERE {HERE} AND NOT internal AND NOT temporary ORDER BY schema_name, table_name"
    ).fetchall()
    texts = {oid: parse_table("", name, sql) for oid, _, name, _, sql in listed}
    columns, comments = _columns(con, texts, paths)
    indexes, on_indexes = _indexes(con, paths)
    tables = {}
    for oid, schema, name, comment, _ in listed:
        key = paths.key(schema, name)
        constraints = (_constraint(texts[oid], one) for one in texts[oid].constraints)
        tables[key] = Table(
            key,
            tuple(columns.get(oid, ())),
            tuple(sorted(constraints, key=lambda c: (c.kind, c.columns, c.text))),
            tuple(sorted(indexes.get(oid, ()), key=lambda i: i.name)),
            comment,
        )
    return tables, comments | on_indexes


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
