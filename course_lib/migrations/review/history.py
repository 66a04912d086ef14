"""The units of a folder, each with the schema it begins from: its history is run in memory.

Only SQL is run there. After a Python function, or a step that is refused, the schema is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import duckdb

from ..errors import StepFailure
from ..migration import Migration, Step
from ..names import object_name
from ..quoting import quote
from ..replay import time_limit
from ..schema import Schema, read_schema
from ..steps import run_one_by_one
from .unit import BrokenView, Unit

_NAME = "shop"
_GO_ON = "SYNTACTIC_ERRORS_DO_NOT_INVALIDATE"


def read_units(migrations: tuple[Migration, ...], start: tuple[str, ...] = ()) -> Iterator[Unit]:
    """The up and then the down of each migration, in the order of their numbers.

    `start` makes the schema that was there before them.
    """
    with duckdb.connect(":memory:", config={"threads": "1", **time_limit()}) as con:
        con.execute(f"ATTACH ':memory:' AS {_NAME}")
        con.execute("SET enable_external_access = false")
        # A broken view must not end the transaction in which it is looked at.
        con.execute(f"SET default_transaction_invalidation_policy = '{_GO_ON}'")
        con.execute(f"USE {_NAME}.main")
        known = run_one_by_one(con, tuple(Step(sql, "CREATE", 0) for sql in start)) is None
        for migration in migrations:
            before, creates = _look(con) if known else (None, {})
            views = _views(con) if known else {}
            up = Unit(migration, "up", before, creates)
            up = replace(up, stopped=_run(con, migration) if known else None)
            known = known and up.stopped is None and not _has_python(migration)
            after, made = _look(con) if known else (None, {})
            if known:
                up = replace(up, broken_views=tuple(_broken(con, views)))
            yield up
            if migration.down is not None:
                down = Unit(migration, "down", after, made)
                yield replace(down, broken_views=_broken_by_down(con, down) if known else ())


def _run(con: duckdb.DuckDBPyConnection, migration: Migration) -> StepFailure | None:
    if _has_python(migration):
        return None
    con.execute(f"USE {_NAME}.main")
    return run_one_by_one(con, migration.up)


def _broken_by_down(con: duckdb.DuckDBPyConnection, down: Unit) -> tuple[BrokenView, ...]:
    """The views that the down breaks. It is run in a transaction and rolled back."""
    if any(step.run is not None for step in down.steps):
        return ()
    views = _views(con)
    cursor = con.cursor()
    try:
        cursor.execute(f"USE {_NAME}.main")
        cursor.execute("BEGIN")
        refused = run_one_by_one(cursor, down.steps)
        return () if refused else tuple(_broken(cursor, views))
    except duckdb.Error:
        return ()
    finally:
        cursor.close()


def _has_python(migration: Migration) -> bool:
    return any(step.kind == "PYTHON" for step in migration.up)


def _look(con: duckdb.DuckDBPyConnection) -> tuple[Schema, dict[str, str]]:
    con.execute(f"USE {_NAME}.main")
    rows = con.execute(
        "SELECT schema_name, table_name, sql FROM duckdb_tables()"
        " WHERE database_name = current_database() AND NOT temporary"
    ).fetchall()
    return read_schema(con), {object_name(schema, name): sql for schema, name, sql in rows}


def _views(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The views that can be read, with their SQL."""
    rows = con.execute(
        "SELECT schema_name, view_name, sql FROM duckdb_views()"
        " WHERE database_name = current_database() AND NOT internal AND NOT temporary"
    ).fetchall()
    found = {quote(schema, name): sql for schema, name, sql in rows}
    return {name: sql for name, sql in found.items() if _can_be_read(con, name)}


def _broken(con: duckdb.DuckDBPyConnection, before: dict[str, str]) -> Iterator[BrokenView]:
    con.execute(f"USE {_NAME}.main")
    listed = con.execute(
        "SELECT schema_name, view_name FROM duckdb_views()"
        " WHERE database_name = current_database() AND NOT internal"
    ).fetchall()
    there = {quote(schema, name): name for schema, name in listed}
    for name, sql in before.items():
        if name in there and not _can_be_read(con, name):
            yield BrokenView(there[name], sql.rstrip("; \n"))


def _can_be_read(con: duckdb.DuckDBPyConnection, view: str) -> bool:
    try:
        con.execute(f"EXPLAIN SELECT * FROM {view}").fetchall()
    except duckdb.Error:
        return False
    return True
