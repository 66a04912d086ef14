"""Copying the rows of a table into an empty one of the same shape, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from .catalog import TableEntry
from .quoting import quote
from .table_definition import same
from .table_parser import parse_table

# Columns of a table, and the columns of the same table that they refer to.
OwnKeys = Sequence[tuple[Sequence[str], Sequence[str]]]


def copy_rows(con: duckdb.DuckDBPyConnection, table: TableEntry, source: str, target: str) -> None:
    """Copy all rows from the database `source` to the database `target`, both attached.

    Raises `duckdb.Error` where DuckDB refuses.
    """
    keys = [
        (one.columns, one.referenced)
        for one in parse_table(table.schema, table.name, table.create).foreign_keys()
        if same(one.references, table.name)
    ]
    into, rows = (quote(database, table.schema, table.name) for database in (target, source))
    insert_rows(con, into, rows, table.columns, keys)


def insert_rows(
    con: duckdb.DuckDBPyConnection, into: str, rows: str, columns: Sequence[str], keys: OwnKeys
) -> None:
    """Insert the rows of one table into another; both are given as SQL names.

    `keys` are the foreign keys by which `into` refers to itself: columns, and what they refer to.
    """
    names = ", ".join(quote(column) for column in columns)
    insert = f"INSERT INTO {into} ({names}) SELECT {names} FROM {rows}"
    if not keys:
        con.execute(insert).fetchall()
        return
    if any(same(column, "rowid") for column in columns):
        # That column hides the numbers of the rows, so they are numbered anew under other names.
        numbered = quote("temp", "main", "updown numbers rows")
        mine = {column: f"column {at}" for at, column in enumerate(columns)}
        listed = ", ".join(f"{quote(one)} AS {quote(new)}" for one, new in mine.items())
        con.execute(f"CREATE TEMP TABLE {numbered} AS SELECT {listed} FROM {rows}")
        renamed = [
            ([_in(mine, one) for one in own], [_in(mine, one) for one in referenced])
            for own, referenced in keys
        ]
        selected = ", ".join(map(quote, mine.values()))
        insert = f"INSERT INTO {into} ({names}) SELECT {selected} FROM {numbered}"
        _by_generation(con, insert, numbered, renamed)
        con.execute(f"DROP TABLE {numbered}")
        return
    _by_generation(con, insert, rows, keys)


def _in(mine: Mapping[str, str], name: str) -> str:
    return next(new for column, new in mine.items() if same(column, name))


def _by_generation(con: duckdb.DuckDBPyConnection, insert: str, rows: str, keys: OwnKeys) -> None:
    # DuckDB refuses a row and the row it points at in one statement, so generation by generation.
    for rowids in _generations(con, rows, keys):
        con.execute(
            f"{insert} WHERE rowid IN (SELECT unnest(?::BIGINT[])) ORDER BY rowid", [rowids]
        ).fetchall()


def _generations(con: duckdb.DuckDBPyConnection, rows: str, keys: OwnKeys) -> Iterator[list[int]]:
    """Row numbers: first the rows that point at no row, then those that point at these."""
    waiting: dict[int, list[int]] = {
        row: [] for (row,) in con.execute(f"SELECT rowid FROM {rows} ORDER BY rowid").fetchall()
    }
    for own, referenced in keys:
        join = " AND ".join(
            f"child.{quote(mine)} = parent.{quote(theirs)}"
            for mine, theirs in zip(own, referenced, strict=True)
        )
        pairs = f"SELECT child.rowid, parent.rowid FROM {rows} child JOIN {rows} parent ON {join}"
        for child, parent in con.execute(pairs).fetchall():
            waiting[child].append(parent)
    while waiting:
        ready = [row for row, parents in waiting.items() if not any(p in waiting for p in parents)]
        # Rows in a circle: DuckDB lets nobody make one; if it ever does, let it refuse them.
        ready = ready or list(waiting)
        for row in ready:
            del waiting[row]
        yield ready
