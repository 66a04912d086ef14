"""Rows that somebody else commits while a transaction makes a table anew: none may be lost.

DuckDB lets a transaction drop a table into which another connection has committed a row since the
transaction began, and the row is gone without a word. Once the table is dropped nobody else can
write to it. So the rows that the transaction has seen are compared with those that are committed
by then. Where they differ, the transaction is refused, and the guard goes on to the shadow, which
looks for such rows when it lands.

That comparison need not read every row. DuckDB changes a row where it stands only by an update,
and says which parts of a table hold one; a new row has a higher number than all before it; and a
row that went is missing in the count. Where a table holds no update, two numbers are enough.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from ..digest import TableDigest, digest_columns
from ..names import HERE
from ..quoting import quote
from ..steps import own_cursor
from .whole_table import WholeTable


@dataclass(frozen=True)
class _Numbered:
    """How many rows a table has, and the number of the last one."""

    rows: int
    last: int | None


@dataclass(frozen=True)
class _Seen:
    """A table as the transaction saw it: its stored columns, and what tells its rows apart."""

    name: str
    table: str
    columns: dict[str, str]
    rows: _Numbered | TableDigest


@contextlib.contextmanager
def nobody_else_writes(
    con: duckdb.DuckDBPyConnection, tables: Sequence[WholeTable]
) -> Iterator[None]:
    """Drop the tables inside; raises `duckdb.NotSupportedError` where rows would be lost.

    Does nothing where `con` is in no transaction: that is a shadow, and its instance has no other
    connection.
    """
    if not in_transaction(con):
        yield
        return
    database = con.execute("SELECT current_database()").fetchall()[0][0]
    with own_cursor(con) as other:
        other.execute(f"USE {quote(database, 'main')}")
        seen = [one for table in tables if (one := _seen(con, other, table))]
        yield
        for one in seen:
            if _committed(other, one) != one.rows:
                raise duckdb.NotSupportedError(
                    f"the rows of {one.name} were changed, by this migration or by another"
                    " connection, before the table is made anew"
                )


def in_transaction(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the connection is in a transaction."""
    # Outside of one each statement has a number of its own.
    ask = "SELECT txid_current()"
    return con.execute(ask).fetchall() == con.execute(ask).fetchall()


def _seen(
    con: duckdb.DuckDBPyConnection, other: duckdb.DuckDBPyConnection, table: WholeTable
) -> _Seen | None:
    """A table as the transaction sees it, or None if nobody else could have written to it."""
    name = table.definition.schema, table.definition.name
    oid, _ = _listed(con, name)
    committed, columns = _listed(other, name)
    # Another number: this transaction has made the table, and nobody else sees that one.
    if oid != committed:
        return None
    there = {one.name for one in table.definition.columns}
    if not there.issuperset(columns):
        raise duckdb.NotSupportedError(
            f"a column of {name[1]} was renamed or dropped before the table is made anew"
        )
    here = quote(*name)
    if _holds_updates(other, here) or _hides_numbers(columns):
        return _Seen(name[1], here, columns, digest_columns(con, here, columns))
    return _Seen(name[1], here, columns, _numbered(con, here))


def _committed(other: duckdb.DuckDBPyConnection, seen: _Seen) -> _Numbered | TableDigest | None:
    """What is committed by now, to be compared; None where an update came in between."""
    if isinstance(seen.rows, TableDigest):
        return digest_columns(other, seen.table, seen.columns)
    return None if _holds_updates(other, seen.table) else _numbered(other, seen.table)


def _holds_updates(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether a row was changed where it stands since the last checkpoint, committed or not.

    A checkpoint forgets it, and there is none while another transaction is open.
    """
    ask = "SELECT coalesce(bool_or(has_updates), false) FROM pragma_storage_info(?)"
    return bool(con.execute(ask, [table]).fetchall()[0][0])


def _hides_numbers(columns: dict[str, str]) -> bool:
    return "rowid" in map(str.lower, columns)


def _numbered(con: duckdb.DuckDBPyConnection, table: str) -> _Numbered:
    return _Numbered(*con.execute(f"SELECT count(*), max(rowid) FROM {table}").fetchall()[0])


def _listed(
    con: duckdb.DuckDBPyConnection, name: tuple[str, str]
) -> tuple[int | None, dict[str, str]]:
    """The number of a table in DuckDB's catalog and its stored columns, if it is there."""
    rows = con.execute(
        "SELECT table_oid, column_name, data_type FROM duckdb_columns()"
        f" WHERE {HERE} AND schema_name = ? AND table_name = ? AND NOT is_generated",
        list(name),
    ).fetchall()
    return (rows[0][0] if rows else None), {column: type_ for _, column, type_ in rows}
