"""The order in which objects can be made, found by trying on an empty database."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import duckdb


def creation_order(con: duckdb.DuckDBPyConnection, statements: Mapping[str, str]) -> list[str]:
    """The keys of `statements` so that each can be run after those before it.

    A default may call a macro, a macro may read a view, a view may read a table: no order of kinds
    is right for all. What cannot be made at all, such as a view on a table that is gone, is last.
    `con` must be in no transaction; a database in memory is attached to it for a moment.
    """
    # Others who share this instance may be trying too.
    empty = f"updown_order_{secrets.token_hex(4)}"
    cursor = con.cursor()
    try:
        cursor.execute(f"ATTACH ':memory:' AS {empty}")
        cursor.execute(f"USE {empty}")
        order = _try_all(cursor, dict(statements))
    finally:
        cursor.close()
    con.execute(f"DETACH {empty}")
    return order


def _try_all(con: duckdb.DuckDBPyConnection, waiting: dict[str, str]) -> list[str]:
    order: list[str] = []
    while waiting:
        made = [key for key, sql in waiting.items() if _is_made(con, sql)]
        if not made:
            break
        order.extend(made)
        for key in made:
            del waiting[key]
    return [*order, *waiting]


def _is_made(con: duckdb.DuckDBPyConnection, sql: str) -> bool:
    try:
        con.execute(sql).fetchall()
    except duckdb.Error:
        return False
    return True
