"""Putting back into the live database what a migration changed on the shadow, in one transaction.

Only what changed is touched. Tables that point at a changed table by a foreign key move with it,
since DuckDB does not let go of a table that others refer to.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping

import duckdb

from .catalog import Catalog, Entry, TableEntry, read_catalog, read_macros
from .digest import quote
from .shadow import Shadow, literal


class _ChangedMeanwhileError(Exception):
    """Somebody committed to the live database while the migration ran on the shadow."""


def land(
    cursor: duckdb.DuckDBPyConnection, shadow: Shadow, record: Callable[[], None]
) -> tuple[str, str] | None:
    """Put the shadow's changes into the cursor's database, together with `record`'s ledger row.

    Closes the shadow's connection. Returns None, or DuckDB's sentence and class when it was
    refused; then nothing has changed.
    """
    after = read_catalog(shadow.con)
    macros = read_macros(shadow.con)
    shadow.con.close()
    cursor.execute(f"ATTACH {literal(str(shadow.path))} AS {shadow.alias} (READ_ONLY)")
    try:
        cursor.execute("BEGIN")
        try:
            _put_back(cursor, shadow, after, macros)
            record()
            cursor.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(duckdb.Error):
                cursor.execute("ROLLBACK")
            raise
    except _ChangedMeanwhileError:
        return (
            "another connection changed the database while the migration ran on its shadow",
            "ChangedMeanwhile",
        )
    except duckdb.Error as error:
        return str(error).split("\n\n", 1)[0], type(error).__name__
    finally:
        cursor.execute(f"DETACH {shadow.alias}")
    return None


def _put_back(
    cursor: duckdb.DuckDBPyConnection, shadow: Shadow, after: Catalog, macros: dict[str, Entry]
) -> None:
    before = shadow.before
    moved = _moved_tables(before, after)
    statements = list(_removals(before, after, moved, shadow.macros, macros))
    for statement in statements:
        cursor.execute(statement)
    # From here nobody else can write to the tables that were dropped. A commit that came between
    # our BEGIN and the DROP is invisible to this transaction and would be lost, so another one
    # looks: what is committed now must be what was copied.
    _check_unchanged(cursor, before)
    for statement in _additions(before, after, moved, shadow.alias, shadow.macros, macros):
        cursor.execute(statement).fetchall()


def _check_unchanged(cursor: duckdb.DuckDBPyConnection, before: Catalog) -> None:
    look = cursor.cursor()
    try:
        now = read_catalog(look)
    finally:
        look.close()
    if (now.schema, now.digests) != (before.schema, before.digests):
        raise _ChangedMeanwhileError


def _moved_tables(before: Catalog, after: Catalog) -> set[str]:
    moved = {
        key
        for key in before.tables.keys() | after.tables.keys()
        if _table_state(before, key) != _table_state(after, key)
    }
    remade = [key for key in before.sequences if before.sequences[key] != after.sequences.get(key)]
    for key, table in before.tables.items():
        if any(f"nextval('{name}')" in table.sql.lower() for name in remade):
            moved.add(key)
    grew = True
    while grew:
        children = {key for key, table in before.tables.items() if table.references & moved - {key}}
        grew = not children <= moved
        moved |= children
    return moved


def _table_state(catalog: Catalog, key: str) -> object:
    table = catalog.tables.get(key)
    return table and (table.sql, catalog.digests[key])


def _removals(
    before: Catalog,
    after: Catalog,
    moved: set[str],
    macros_before: dict[str, Entry],
    macros_after: dict[str, Entry],
) -> Iterator[str]:
    if moved or before.triggers != after.triggers:
        yield from (entry.drop for entry in before.triggers.values())
    yield from _dropped(before.views, after.views)
    for key, entry in before.indexes.items():
        if entry.owner not in moved and after.indexes.get(key) != entry:
            yield entry.drop
    for table in reversed(_parents_first(before.tables, moved)):
        yield f"DROP TABLE {quote(table.schema, table.name)}"
    yield from _dropped(macros_before, macros_after)
    yield from _dropped(before.sequences, after.sequences)
    yield from _dropped(before.types, after.types)
    yield from _dropped(before.schemas, after.schemas)


def _additions(
    before: Catalog,
    after: Catalog,
    moved: set[str],
    alias: str,
    macros_before: dict[str, Entry],
    macros_after: dict[str, Entry],
) -> Iterator[str]:
    for kind in ("schemas", "types", "sequences"):
        yield from _created(getattr(before, kind), getattr(after, kind))
    for key, value in after.sequence_values.items():
        same = before.sequences.get(key) == after.sequences[key]
        if value is not None and (not same or before.sequence_values.get(key) != value):
            yield f"SELECT setval({literal(key)}, {value})"
    for table in _parents_first(after.tables, moved):
        yield table.sql
        columns = ", ".join(quote(column) for column in table.columns)
        name = quote(table.schema, table.name)
        yield f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {quote(alias)}.{name}"
    for key, entry in after.indexes.items():
        if entry.owner in moved or before.indexes.get(key) != entry:
            yield entry.create
    yield from _created(macros_before, macros_after)
    yield from _created(before.views, after.views)
    if moved or before.triggers != after.triggers:
        yield from (entry.create for entry in after.triggers.values())
    yield from _comments(before, after, moved)


def _comments(before: Catalog, after: Catalog, moved: set[str]) -> Iterator[str]:
    remade = moved | {
        key
        for kind in ("types", "sequences", "views")
        for key, entry in getattr(after, kind).items()
        if getattr(before, kind).get(key) != entry
    }
    for target, (comment, owner) in after.comments.items():
        index = after.indexes.get(owner)
        again = owner in remade or (index is not None and index.owner in moved)
        if again or target.startswith("MACRO") or before.comments.get(target) != (comment, owner):
            yield f"COMMENT ON {target} IS {literal(comment)}"
    for target, (_, owner) in before.comments.items():
        if target not in after.comments and _still_there(after, target, owner):
            yield f"COMMENT ON {target} IS NULL"


def _still_there(after: Catalog, target: str, owner: str) -> bool:
    if target.startswith("COLUMN"):
        column = target.rsplit('."', 1)[1].removesuffix('"').replace('""', '"')
        return owner in after.tables and column in after.tables[owner].columns
    kinds: tuple[Mapping[str, object], ...] = (
        after.tables,
        after.views,
        after.indexes,
        after.sequences,
        after.types,
    )
    return any(owner in kind for kind in kinds)


def _dropped(before: dict[str, Entry], after: dict[str, Entry]) -> Iterator[str]:
    return (e.drop for key, e in reversed(before.items()) if after.get(key) != e)


def _created(before: dict[str, Entry], after: dict[str, Entry]) -> Iterator[str]:
    return (e.create for key, e in after.items() if before.get(key) != e)


def _parents_first(tables: dict[str, TableEntry], keys: set[str]) -> list[TableEntry]:
    ordered: dict[str, TableEntry] = {}

    def add(key: str) -> None:
        if key in ordered or key not in keys or key not in tables:
            return
        for parent in sorted(tables[key].references - {key}):
            add(parent)
        ordered[key] = tables[key]

    for key in tables:
        add(key)
    return list(ordered.values())
