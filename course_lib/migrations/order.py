"""The order in which objects can be made, found by trying on an empty database."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import duckdb


def creation_order(con: duckdb.DuckDBPyConnection, statements: Mapping[str, str]) -> list[str]:
    """The keys of `statements` so that each can be run after those before it.

    What cannot be made at all, such as a view on a table that is gone, is last.
    """
    made, left = find_order(con, statements)
    return [*made, *left]


def find_order(
    con: duckdb.DuckDBPyConnection, statements: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """The keys of what can be made, in an order that is right, and of what cannot be made.

    A default may call a macro, a macro may read a view, a view may read a table: no order of kinds
    is right for all. `con` must be in no transaction; a database in memory is attached to it for a
    moment.
    """
    cursor = con.cursor()
    # Attached databases belong to the whole instance: two runs at once need two names.
    alias = f"updown_order_{secrets.token_hex(4)}"
    try:
        cursor.execute(f"ATTACH ':memory:' AS {alias} (READ_WRITE)")
        cursor.execute(f"USE {alias}")
        found = _try_all(cursor, dict(statements))
    finally:
        cursor.close()
    con.execute(f"DETACH {alias}")
    return found


def _try_all(
    con: duckdb.DuckDBPyConnection, waiting: dict[str, str]
) -> tuple[list[str], list[str]]:
    order: list[str] = []
    while waiting:
        made = [key for key, sql in waiting.items() if _is_made(con, sql)]
        if not made:
            break
        order.extend(made)
        for key in made:
            del waiting[key]
    return order, list(waiting)


def _is_made(con: duckdb.DuckDBPyConnection, sql: str) -> bool:
    try:
        con.execute(sql).fetchall()
    except duckdb.Error:
        return False
    return True
