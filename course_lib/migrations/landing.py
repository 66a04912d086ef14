"""Putting back into the live database what a migration changed on the shadow, in one transaction.

Only what changed is touched. Tables that point at a changed table by a foreign key move with it,
since DuckDB does not let go of a table that others refer to.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace

import duckdb

from .catalog import Catalog, read_catalog, read_sequence_values
from .changes import (
    additions,
    comment_statements,
    creation_statements,
    moved_tables,
    removals,
    value_changes,
)
from .digest import digest_tables, quote
from .order import creation_order
from .rows import copy_rows
from .schema import read_schema
from .shadow import Shadow, literal
from .steps import own_cursor
from .written import written_tables

CHANGED_MEANWHILE = "another connection changed the database while the migration ran on its shadow"


class _ChangedMeanwhileError(Exception):
    """Somebody committed to the live database while the migration ran on the shadow."""


def land(
    cursor: duckdb.DuckDBPyConnection, shadow: Shadow, record: Callable[[], None]
) -> tuple[str, str] | None:
    """Put the shadow's changes into the cursor's database, together with `record`'s ledger row.

    Closes the shadow's connection. Returns None, or DuckDB's sentence and class when it was
    refused; then nothing has changed.
    """
    # A migration may have said USE, so what it left is read on a cursor of its own.
    with own_cursor(shadow.con) as look:
        after = read_catalog(look, rows=shadow.stamp is None)
        order = creation_order(look, creation_statements(after))
        if shadow.stamp is not None:
            shadow, after = _with_digests(cursor, look, shadow, after)
    shadow.con.close()
    cursor.execute(f"ATTACH {literal(str(shadow.path))} AS {shadow.alias} (READ_ONLY)")
    try:
        cursor.execute("BEGIN")
        try:
            _put_back(cursor, shadow, after, order)
            record()
            cursor.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(duckdb.Error):
                cursor.execute("ROLLBACK")
            raise
    except _ChangedMeanwhileError:
        return CHANGED_MEANWHILE, "ChangedMeanwhile"
    except duckdb.Error as error:
        return str(error).split("\n\n", 1)[0], type(error).__name__
    finally:
        cursor.execute(f"DETACH {shadow.alias}")
    return None


def _with_digests(
    live: duckdb.DuckDBPyConnection,
    look: duckdb.DuckDBPyConnection,
    shadow: Shadow,
    after: Catalog,
) -> tuple[Shadow, Catalog]:
    """Both catalogs with digests of the tables that may have other rows now, and of no others.

    The rows as they were are read from the live database. If somebody has changed them, the stamp
    does not hold, and nothing lands.
    """
    before = shadow.before
    written = written_tables(shadow.path, shadow.mark, after.tables)
    doubtful = frozenset(
        name
        for name in written & before.tables.keys()
        if before.tables[name].create == after.tables[name].create
    )
    before = replace(before, digests=digest_tables(live, only=doubtful))
    after = replace(after, digests=digest_tables(look, only=doubtful))
    return replace(shadow, before=before), after


def _put_back(
    cursor: duckdb.DuckDBPyConnection, shadow: Shadow, after: Catalog, order: list[str]
) -> None:
    before = shadow.before
    moved = moved_tables(before, after)
    made = additions(before, after, moved)
    for statement in removals(before, after, moved):
        cursor.execute(statement)
    # From here nobody else can write to the tables that were dropped. A commit that came between
    # our BEGIN and the DROP is invisible to this transaction and would be lost, so another one
    # looks: what is committed now must be what was copied.
    _check_unchanged(cursor, shadow)
    for key in order:
        if key not in made:
            continue
        kind, name = key.split(" ", 1)
        table = after.tables[name] if kind == "table" else None
        cursor.execute(table.create if table else after.others[key].create).fetchall()
        if table:
            copy_rows(cursor, table, shadow.alias, shadow.database)
    for key, value in value_changes(before, after, made).items():
        cursor.execute(f"SELECT setval({literal(_sequence(after, key))}, {value})").fetchall()
    for statement in comment_statements(before, after, made):
        cursor.execute(statement)


def _sequence(after: Catalog, key: str) -> str:
    return after.others[key].create.removeprefix("CREATE SEQUENCE ").split(" INCREMENT BY ")[0]


def _check_unchanged(cursor: duckdb.DuckDBPyConnection, shadow: Shadow) -> None:
    before = shadow.before
    with own_cursor(cursor) as look:
        # DuckDB reads the checks of all attached databases, and looks for their macros here.
        paths = ",".join(f"{quote(name)}.main" for name in (shadow.database, shadow.alias))
        look.execute(f"SET search_path = {literal(paths)}")
        values = {key: value.next for key, value in read_sequence_values(look).items()}
        # A stamp speaks for all rows at once.
        digests = before.digests if shadow.stamp else digest_tables(look)
        now = (read_schema(look), digests, values)
    copied = {key: value.next for key, value in before.sequence_values.items()}
    stamped = shadow.stamp is None or shadow.stamp.holds()
    if not stamped or now != (before.schema, before.digests, copied):
        raise _ChangedMeanwhileError
