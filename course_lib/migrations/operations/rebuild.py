"""A table made anew where DuckDB has no ALTER for a change, with everything that hung on it.

Rows, the order of columns, keys, indexes, incoming and outgoing foreign keys, comments and triggers
come back, and the rows are counted before anything can be committed. Views need nothing: DuckDB
looks for what they read only when they are read, so `views.py` sees to them.

The new table is made beside the old one, which is dropped then. Where it cannot stand there by
another name, its rows are kept in a temporary table meanwhile. So are those of the tables that
refer to it, which go and come back around it: DuckDB lets nobody drop a table that others refer to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import duckdb

from ..errors import StepRefusedError
from ..names import HERE
from ..quoting import quote
from ..rows import insert_rows
from ..sql_text import names_in
from ..table_definition import Check, ColumnDefinition, ForeignKey, TableDefinition, same
from .meanwhile import nobody_else_writes
from .read_tables import children_of
from .triggers import drop_triggers
from .whole_table import WholeTable

_BESIDE = "updown makes this anew"


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
    triggers = drop_triggers(con)
    selected = _selected(before, after, values or {})
    beside = _can_stand_beside(after.definition)
    kept = []
    if beside:
        _make_beside(con, after, selected)
    else:
        kept.append(_keep(con, 0, after, selected))
    for number, child in enumerate(children, 1):
        following = _following(child, before, after)
        kept.append(_keep(con, number, following, _selected(child, following, {})))
    with nobody_else_writes(con, [before, *children]):
        for child in reversed(children):
            con.execute(f"DROP TABLE {_named(child)}")
        con.execute(f"DROP TABLE {_named(before)}")
    if beside:
        new = quote(after.definition.schema, _BESIDE)
        con.execute(f"ALTER TABLE {new} RENAME TO {quote(after.definition.name)}")
        _finish(con, after)
    for one in kept:
        _make(con, one)
    for one in kept:
        _finish(con, one.table)
    for trigger in triggers:
        trigger.make_again(con)


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


def _can_stand_beside(table: TableDefinition) -> bool:
    """Whether the table may be made under another name and renamed.

    It must not name itself. And where a table with a foreign key is renamed, DuckDB leaves the old
    name with the table that it refers to, and nobody can delete from that one any more.
    """
    return not any(
        isinstance(one, ForeignKey)
        or (isinstance(one, Check) and table.name.lower() in names_in(one.condition))
        for one in table.constraints
    )


def _selected(before: WholeTable, after: WholeTable, values: Mapping[str, str]) -> str:
    """The query for the rows as they will be, in the order in which they stand."""
    names = [one.name for one in _stored(after.definition)]
    selected = ", ".join(f"{values.get(name, quote(name))} AS {quote(name)}" for name in names)
    return f"SELECT {selected} FROM {_named(before)}"


def _make_beside(con: duckdb.DuckDBPyConnection, after: WholeTable, selected: str) -> None:
    definition = replace(after.definition, name=_BESIDE)
    con.execute(definition.sql())
    into = quote(definition.schema, definition.name)
    names = ", ".join(quote(one.name) for one in _stored(definition))
    ((inserted,),) = con.execute(f"INSERT INTO {into} ({names}) {selected}").fetchall()
    _count(con, after, into, inserted)


def _keep(con: duckdb.DuckDBPyConnection, number: int, after: WholeTable, selected: str) -> _Kept:
    rows = quote("temp", "main", f"updown keeps {number}")
    ((count,),) = con.execute(f"CREATE TEMP TABLE {rows} AS {selected}").fetchall()
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
    _count(con, kept.table, _named(kept.table), kept.count)
    con.execute(f"DROP TABLE {kept.rows}")


def _count(con: duckdb.DuckDBPyConnection, table: WholeTable, name: str, before: int) -> None:
    ((count,),) = con.execute(f"SELECT count(*) FROM {name}").fetchall()
    if count != before:
        raise StepRefusedError(f"{table.called()} had {before:,} rows and would have {count:,}")


def _finish(con: duckdb.DuckDBPyConnection, table: WholeTable) -> None:
    for index in table.indexes:
        con.execute(index.sql(table.definition))
    for comment in table.comments():
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
