"""Copying the rows of a table into an empty one of the same shape, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from .catalog import TableEntry
from .digest import quote
from .names import object_name


def copy_rows(con: duckdb.DuckDBPyConnection, table: TableEntry, source: str, target: str) -> None:
    """Copy all rows from the database `source` to the database `target`, both attached.

    Raises `duckdb.Error` where DuckDB refuses.
    """
    columns = ", ".join(quote(column) for column in table.columns)
    into = f"INSERT INTO {quote(target, table.schema, table.name)} ({columns})"
    rows = quote(source, table.schema, table.name)
    if object_name(table.schema, table.name) not in table.references:
        con.execute(f"{into} SELECT {columns} FROM {rows}").fetchall()
        return
    # DuckDB refuses a row and the row it points at in one statement, so generation by generation.
    for rowids in _generations(con, table, source):
        con.execute(
            f"{into} SELECT {columns} FROM {rows}"
            " WHERE rowid IN (SELECT unnest(?::BIGINT[])) ORDER BY rowid",
            [rowids],
        ).fetchall()


def _generations(
    con: duckdb.DuckDBPyConnection, table: TableEntry, source: str
) -> Iterator[list[int]]:
    """Row numbers: first the rows that point at no row, then those that point at these."""
    keys = con.execute(
        "SELECT constraint_column_names, referenced_column_names FROM duckdb_constraints()"
        " WHERE database_name = ? AND schema_name = ? AND table_name = ? AND referenced_table = ?",
        [source, table.schema, table.name, table.name],
    ).fetchall()
    rows = quote(source, table.schema, table.name)
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
