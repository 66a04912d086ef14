"""The default of a column as DuckDB writes it: `1+1` becomes `(1 + 1)`, `TRUE` becomes `true`."""

from __future__ import annotations

import duckdb

from ..quoting import quote
from ..spelling import one_default
from ..table_parser import parse_table

_EMPTY = "updown reads a default"


def written_default(con: duckdb.DuckDBPyConnection, text: str | None, type_: str) -> str | None:
    """The default in DuckDB's spelling, read off an empty table; None where it comes to NULL.

    Raises `duckdb.Error` where no column of that type can have it.
    """
    if text is None:
        return None
    table = quote("temp", "main", _EMPTY)
    con.execute(f"CREATE TEMP TABLE {quote(_EMPTY)} (c {type_} DEFAULT ({text}))")
    ((sql,),) = con.execute(
        "SELECT sql FROM duckdb_tables() WHERE temporary AND table_name = ?", [_EMPTY]
    ).fetchall()
    con.execute(f"DROP TABLE {table}")
    (column,) = parse_table("main", _EMPTY, sql).columns
    return one_default(column.default, type_)
