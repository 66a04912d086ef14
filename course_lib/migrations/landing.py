"""Putting back into the live database what a migration changed on the shadow, in one transaction.

Only what changed is touched. Tables that point at a changed table by a foreign key move with it,
since DuckDB does not let go of a table that others refer to.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import duckdb

from .catalog import Catalog
from .changes import comment_statements, removals, value_changes
from .compare import After, Before, Changes, find_changes, look_after
from .digest import digest_tables
from .quoting import literal
from .rows import copy_rows
from .schema import read_schema
from .sequences import read_sequence_values
from .shadow import Shadow

CHANGED_MEANWHILE = "another connection changed the database while the migration ran on its shadow"


class _ChangedMeanwhileError(Exception):
    """Somebody committed to the live database while the migration ran on the shadow."""


def land(
    cursor: duckdb.DuckDBPyConnection,
    shadow: Shadow,
    before: Before,
    record: Callable[[], None],
) -> tuple[str, str] | None:
    """Put the shadow's changes into the cursor's database, together with `record`'s ledger row.

    Closes the shadow's connection. Returns None, or DuckDB's sentence and class when it was
    refused; then nothing has changed.
    """
    after = look_after(cursor, shadow, before)
    shadow.con.close()
    shadow.attach(cursor)
    try:
        changes = _find_changes(cursor, shadow, before, after)
        cursor.execute("BEGIN")
        try:
            _put_back(cursor, shadow, changes)
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
        shadow.detach(cursor)
    return None


def _find_changes(
    cursor: duckdb.DuckDBPyConnection, shadow: Shadow, before: Before, after: After
) -> Changes:
    """What is to be done. What was read of the live database counts if it is what was copied."""
    try:
        changes = find_changes(cursor, shadow, before, after)
    except duckdb.Error:
        _check_stamp(shadow)
        raise
    _check_stamp(shadow)
    return changes


def _put_back(cursor: duckdb.DuckDBPyConnection, shadow: Shadow, changes: Changes) -> None:
    before, after, made = changes.before, changes.after, frozenset(changes.made)
    for statement in removals(before, after, changes.moved):
        cursor.execute(statement)
    # From here nobody else can write to the tables that were dropped. A commit that came between
    # our BEGIN and the DROP is invisible to this transaction and would be lost, so another one
    # looks: what is committed now must be what was copied.
    _check_unchanged(cursor, shadow, before)
    for key in changes.made:
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


def _check_unchanged(cursor: duckdb.DuckDBPyConnection, shadow: Shadow, before: Catalog) -> None:
    with shadow.look(cursor, shadow.database) as look:
        unchanged = True
        if shadow.sequences:
            now = {key: value.next for key, value in read_sequence_values(look).items()}
            unchanged = now == {key: value.next for key, value in before.sequence_values.items()}
        if shadow.stamp is None:
            unchanged &= (read_schema(look), digest_tables(look)) == (before.schema, before.digests)
    if not unchanged:
        raise _ChangedMeanwhileError
    _check_stamp(shadow)


def _check_stamp(shadow: Shadow) -> None:
    # It speaks for all that was committed, schema and rows.
    if shadow.stamp is not None and not shadow.stamp.holds():
        raise _ChangedMeanwhileError
