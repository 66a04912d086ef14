"""Rows that somebody else commits while a transaction makes a table anew: none may be lost.

DuckDB lets a transaction drop a table into which another connection has committed a row since the
transaction began, and the row is gone without a word. Once the table is dropped nobody else can
write to it. So the rows that the transaction has seen are compared with those that are committed
by then. Where they differ, the transaction is refused, and the guard goes on to the shadow, which
looks for such rows when it lands.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

import duckdb

from ..digest import TableDigest, digest_columns
from ..names import HERE
from ..quoting import quote
from ..steps import own_cursor
from .whole_table import WholeTable

Seen = dict[tuple[str, str], tuple[dict[str, str], TableDigest]]


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
        seen = _seen(con, other, tables)
        yield
        for (schema, name), (columns, digest) in seen.items():
            if digest_columns(other, quote(schema, name), columns) != digest:
                raise duckdb.NotSupportedError(
                    f"the rows of {name} were changed, by this migration or by another connection,"
                    " before the table is made anew"
                )


def in_transaction(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the connection is in a transaction."""
    # Outside of one each statement has a number of its own.
    ask = "SELECT txid_current()"
    return con.execute(ask).fetchall() == con.execute(ask).fetchall()


def _seen(
    con: duckdb.DuckDBPyConnection,
    other: duckdb.DuckDBPyConnection,
    tables: Sequence[WholeTable],
) -> Seen:
    """The digests of the tables that others could have written to, as the transaction sees them."""
    seen: Seen = {}
    for table in tables:
        name = table.definition.schema, table.definition.name
        oid, _ = _listed(con, name)
        committed, columns = _listed(other, name)
        # Another number: this transaction has made the table, and nobody else sees that one.
        if oid != committed:
            continue
        there = {one.name for one in table.definition.columns}
        if not there.issuperset(columns):
            raise duckdb.NotSupportedError(
                f"a column of {name[1]} was renamed or dropped before the table is made anew"
            )
        seen[name] = (columns, digest_columns(con, quote(*name), columns))
    return seen


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
