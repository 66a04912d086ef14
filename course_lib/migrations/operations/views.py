"""Views that a change would leave unreadable. DuckDB says nothing until somebody reads them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import duckdb

from ..errors import StepRefusedError
from ..names import HERE
from ..quoting import quote
from ..sql_text import names_in
from ..statements import one_line
from ..steps import own_cursor


@contextlib.contextmanager
def views_kept_readable(con: duckdb.DuckDBPyConnection, table: str) -> Iterator[None]:
    """Refuse the change inside where a view that names the table can be read only before it.

    Raises `StepRefusedError`. A view that was broken before is left alone.
    """
    named = _reading(_views(con), table)
    broken = _broken(con, named) if named else set()
    yield
    for schema, view, _ in named:
        if (schema, view) in broken:
            continue
        try:
            con.execute(_read(schema, view)).fetchall()
        except duckdb.Error as error:
            name = view if schema == "main" else f"{schema}.{view}"
            why = one_line(str(error).split("\n", 1)[0], 120)
            raise StepRefusedError(
                f"the view {name} could not be read after it ({why}); drop the view before, and"
                " make it again after"
            ) from None


def _views(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    return con.execute(
        "SELECT schema_name, view_name, sql FROM duckdb_views()"
        f" WHERE NOT internal AND NOT temporary AND {HERE} ORDER BY view_oid"
    ).fetchall()


def _reading(views: list[tuple[str, str, str]], table: str) -> list[tuple[str, str, str]]:
    """The views that read the table, straight or by way of another view."""
    found, names, grew = list[tuple[str, str, str]](), {table.lower()}, True
    while grew:
        more = [one for one in views if one not in found and names & names_in(one[2])]
        found += more
        names |= {view.lower() for _, view, _ in more}
        grew = bool(more)
    return found


def _broken(
    con: duckdb.DuckDBPyConnection, views: list[tuple[str, str, str]]
) -> set[tuple[str, str]]:
    """Those that cannot be read as things were committed.

    An error would end the transaction of `con`, so another cursor looks. A view that it does not
    see was made in this very transaction, when it could be read.
    """
    broken = set()
    database = con.execute("SELECT current_database()").fetchall()[0][0]
    with own_cursor(con) as cursor:
        cursor.execute(f"USE {quote(database, 'main')}")
        there = {(schema, view) for schema, view, _ in _views(cursor)}
        for schema, view, _ in views:
            if (schema, view) in there and not _is_readable(cursor, schema, view):
                broken.add((schema, view))
    return broken


def _is_readable(con: duckdb.DuckDBPyConnection, schema: str, view: str) -> bool:
    try:
        con.execute(_read(schema, view)).fetchall()
    except duckdb.Error:
        return False
    return True


def _read(schema: str, view: str) -> str:
    return f"SELECT * FROM {quote(schema, view)} LIMIT 0"
