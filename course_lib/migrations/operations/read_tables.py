"""Reading tables with all that hangs on them, and the tables that refer to one."""

from __future__ import annotations

import duckdb

from ..errors import StepRefusedError
from ..names import HERE
from ..sql_text import index_parts
from ..table_definition import TableDefinition, same
from ..table_parser import parse_table
from .whole_table import IndexDefinition, WholeTable, split_name


def read_table(con: duckdb.DuckDBPyConnection, table: str) -> WholeTable:
    """The table of that name in the current database, or a `StepRefusedError` if none."""
    schema, name = split_name(table)
    found = [
        one
        for one in read_tables(con, schema)
        if same(one.definition.name, name) and same(one.definition.schema, schema)
    ]
    if not found:
        raise StepRefusedError(f"there is no table {table}")
    return found[0]


def read_tables(con: duckdb.DuckDBPyConnection, schema: str) -> list[WholeTable]:
    """The tables of a schema, oldest first. Writes nothing."""
    indexes: dict[int, list[tuple[IndexDefinition, str | None]]] = {}
    for oid, index, unique, sql, comment in con.execute(
        "SELECT table_oid, index_name, is_unique, sql, comment FROM duckdb_indexes()"
        f" WHERE {HERE} AND lower(schema_name) = lower(?) ORDER BY index_oid",
        [schema],
    ).fetchall():
        indexes.setdefault(oid, []).append((_index(index, unique, sql), comment))
    columns: dict[int, dict[str, str]] = {}
    for oid, column, comment in con.execute(
        "SELECT table_oid, column_name, comment FROM duckdb_columns()"
        f" WHERE comment IS NOT NULL AND {HERE} AND lower(schema_name) = lower(?)",
        [schema],
    ).fetchall():
        columns.setdefault(oid, {})[column] = comment
    tables = con.execute(
        f"SELECT table_oid, schema_name, table_name, sql, comment FROM duckdb_tables() WHERE {HERE}"
        " AND lower(schema_name) = lower(?) AND NOT internal AND NOT temporary ORDER BY table_oid",
        [schema],
    ).fetchall()
    return [
        WholeTable(
            parse_table(home, name, sql),
            tuple(index for index, _ in indexes.get(oid, ())),
            comment,
            columns.get(oid, {}),
            {index.name: text for index, text in indexes.get(oid, ()) if text is not None},
        )
        for oid, home, name, sql, comment in tables
    ]


def children_of(con: duckdb.DuckDBPyConnection, table: TableDefinition) -> list[WholeTable]:
    """The other tables whose foreign keys lead to this one, straight or by way of others.

    Those that are referred to come before those that refer to them.
    """
    waiting = [
        one for one in read_tables(con, table.schema) if not same(one.definition.name, table.name)
    ]
    family, names = list[WholeTable](), {table.name.lower()}
    while True:
        found = [one for one in waiting if _refers_to(one.definition, names)]
        if not found:
            return _parents_first(family)
        family += found
        names |= {one.definition.name.lower() for one in found}
        waiting = [one for one in waiting if one not in found]


def _parents_first(family: list[WholeTable]) -> list[WholeTable]:
    ordered: list[WholeTable] = []
    waiting = list(family)
    while waiting:
        names = {one.definition.name.lower() for one in waiting}
        free = [
            one
            for one in waiting
            if not _refers_to(one.definition, names - {one.definition.name.lower()})
        ]
        ordered += free
        waiting = [one for one in waiting if one not in free]
    return ordered


def _refers_to(table: TableDefinition, names: set[str]) -> bool:
    return any(key.references.lower() in names for key in table.foreign_keys())


def _index(name: str, unique: bool, sql: str) -> IndexDefinition:
    return IndexDefinition(name, unique, *index_parts(sql))
