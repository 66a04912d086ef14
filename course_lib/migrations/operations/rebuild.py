"""A table made anew where DuckDB has no ALTER for a change, with everything that hung on it.

Rows, the order of columns, keys, indexes, incoming and outgoing foreign keys, comments and triggers
come back, and the rows are counted before anything can be committed. Views need nothing: DuckDB
looks for what they read only when they are read, so `views.py` sees to them.

The rows are kept in temporary tables meanwhile. Tables that refer to the table go and come back
around it, since DuckDB lets nobody drop a table that others refer to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import duckdb

from ..errors import StepRefusedError
from ..names import HERE
from ..quoting import quote
from ..rows import insert_rows
from .definition import ColumnDefinition, ForeignKey, TableDefinition, same
from .meanwhile import nobody_else_writes
from .read_tables import children_of
from .texts import names_in
from .whole_table import WholeTable


@dataclass(frozen=True)
class _Kept:
    """The rows of a table in a temporary one, and how many there are."""

    table: WholeTable
    rows: str
    count: int


def rebuild(
    con: duckdb.DuckDBPyConnection,
    before: WholeTable,
    after: WholeTable,
    values: Mapping[str, str] | None = None,
) -> None:
    """Make `before` anew as `after`, which may have another name.

    `values` says in SQL how a column of `after` gets its value from a row of `before`; all others
    keep the value of the column of their name. Raises `duckdb.Error` where DuckDB refuses, and
    `StepRefusedError` if a row were lost; then nothing may be committed.
    """
    children = children_of(con, before.definition)
    triggers = _drop_triggers(con)
    kept = [_keep(con, 0, before, after, values or {})]
    for number, child in enumerate(children, 1):
        kept.append(_keep(con, number, child, _following(child, before, after), {}))
    with nobody_else_writes(con, [before, *children]):
        for child in reversed(children):
            con.execute(f"DROP TABLE {_named(child)}")
        con.execute(f"DROP TABLE {_named(before)}")
    for one in kept:
        _make(con, one)
    for one in kept:
        _finish(con, one)
    for create in triggers:
        con.execute(create)


def can_alter(con: duckdb.DuckDBPyConnection, table: WholeTable) -> bool:
    """Whether nothing hangs on the table that stands in the way of most kinds of ALTER.

    Those are indexes, foreign keys that lead to it, and triggers. Asked before, since what DuckDB
    refuses ends the transaction.
    """
    name = table.definition.name.lower()
    triggers = con.execute(
        f"SELECT sql FROM duckdb_triggers() WHERE NOT temporary AND {HERE}"
    ).fetchall()
    return not (
        table.indexes
        or any(same(key.references, name) for key in table.definition.foreign_keys())
        or children_of(con, table.definition)
        or any(name in names_in(sql) for (sql,) in triggers)
    )


def _named(table: WholeTable) -> str:
    return quote(table.definition.schema, table.definition.name)


def _keep(
    con: duckdb.DuckDBPyConnection,
    number: int,
    before: WholeTable,
    after: WholeTable,
    values: Mapping[str, str],
) -> _Kept:
    """The rows of a table as they will be, in the order in which they stand."""
    rows = quote("temp", "main", f"updown keeps {number}")
    wanted = [one.name for one in _stored(after.definition)]
    selected = ", ".join(f"{values.get(name, quote(name))} AS {quote(name)}" for name in wanted)
    query = f"SELECT {selected} FROM {_named(before)}"
    ((count,),) = con.execute(f"CREATE TEMP TABLE {rows} AS {query}").fetchall()
    return _Kept(after, rows, count)


def _make(con: duckdb.DuckDBPyConnection, kept: _Kept) -> None:
    table = kept.table.definition
    con.execute(table.sql())
    columns = tuple(one.name for one in _stored(table))
    own = [
        (key.columns, key.referenced)
        for key in table.foreign_keys()
        if same(key.references, table.name)
    ]
    insert_rows(con, quote(table.schema, table.name), kept.rows, columns, own)
    ((count,),) = con.execute(f"SELECT count(*) FROM {_named(kept.table)}").fetchall()
    if count != kept.count:
        raise StepRefusedError(
            f"{kept.table.called()} had {kept.count:,} rows and would have {count:,}"
        )


def _finish(con: duckdb.DuckDBPyConnection, kept: _Kept) -> None:
    con.execute(f"DROP TABLE {kept.rows}")
    for index in kept.table.indexes:
        con.execute(index.sql(kept.table.definition))
    for comment in kept.table.comments():
        con.execute(comment)


def _stored(table: TableDefinition) -> list[ColumnDefinition]:
    return [one for one in table.columns if one.generated is None]


def _following(child: WholeTable, before: WholeTable, after: WholeTable) -> WholeTable:
    """The child with foreign keys that follow what the table and its columns are called now."""
    old, new = before.definition, after.definition
    names = {}
    if len(old.columns) == len(new.columns):
        # Only a rename changes names one by one.
        names = {a.name.lower(): b.name for a, b in zip(old.columns, new.columns, strict=True)}
    constraints = tuple(
        replace(
            one,
            references=new.name,
            referenced=tuple(names.get(name.lower(), name) for name in one.referenced),
        )
        if isinstance(one, ForeignKey) and same(one.references, old.name)
        else one
        for one in child.definition.constraints
    )
    return replace(child, definition=replace(child.definition, constraints=constraints))


def _drop_triggers(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Drop all triggers, since one may name any table, and give the SQL that makes them again."""
    found = con.execute(
        "SELECT schema_name, table_name, trigger_name, sql FROM duckdb_triggers()"
        f" WHERE {HERE} AND NOT temporary ORDER BY trigger_oid"
    ).fetchall()
    for schema, table, name, _ in found:
        con.execute(f"DROP TRIGGER {quote(name)} ON {quote(schema, table)}")
    return [sql for _, _, _, sql in found]
