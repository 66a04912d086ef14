"""What a migration did on its shadow: the catalog before it, the one after it, and the difference.

The first listing that an instance of DuckDB gives takes long. So where a stamp proves that the live
database is what was copied, both catalogs are read there, in one query, and of the shadow's own
instance only what has to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import duckdb

from .catalog import Apart, Catalog, TableEntry, catalog_of, read_apart, read_catalog
from .changes import additions, creation_statements, moved_tables
from .digest import TableDigest, digest_table
from .listing import read_listings
from .macros import may_touch_macros
from .migration import Step
from .names import object_name
from .order import creation_order
from .quoting import quote
from .running import running
from .shadow import Shadow, connect_copy
from .steps import own_cursor
from .written import watch, written_tables


@dataclass(frozen=True)
class Before:
    """What was looked at on a shadow before the migration.

    `catalog` is whole where there is no stamp, and None where the live database has it. Then `mark`
    begins the log of what changes. `macros` says whether a step may touch a macro: otherwise none
    are looked at, since it takes DuckDB long to list them.
    """

    apart: Apart
    catalog: Catalog | None
    mark: str
    macros: bool


@dataclass(frozen=True)
class After:
    """What was looked at on a shadow after the migration, before it was closed.

    `written` are the tables that may have other rows now.
    """

    apart: Apart
    written: frozenset[str]


@dataclass(frozen=True)
class Changes:
    """Two catalogs, the tables that move, and the keys of all that is to be made, in order."""

    before: Catalog
    after: Catalog
    moved: frozenset[str]
    made: tuple[str, ...]


def look_before(shadow: Shadow, steps: Iterable[Step]) -> Before:
    """Look at a shadow that the steps are going to be run on."""
    macros = any(map(may_touch_macros, steps))
    apart = read_apart(shadow.con, sequences=shadow.sequences, macros=macros)
    if shadow.stamp is None:
        return Before(apart, read_catalog(shadow.con, apart=apart), "", macros)
    return Before(apart, None, watch(shadow.con), macros)


def look_after(cursor: duckdb.DuckDBPyConnection, shadow: Shadow, before: Before) -> After:
    """Look at a shadow that the steps were run on; `cursor` is on the live database."""
    # A migration may have said USE, so what it left is read on a cursor of its own.
    with own_cursor(shadow.con) as look:
        apart = read_apart(look, sequences=shadow.sequences, macros=before.macros)
    if shadow.stamp is None:
        return After(apart, frozenset())
    tables = {object_name(row.schema, row.name): row for row in read_listings(cursor, ("table",))}
    return After(apart, written_tables(shadow.path, before.mark, tables))


def find_changes(
    cursor: duckdb.DuckDBPyConnection, shadow: Shadow, looked: Before, after: After
) -> Changes:
    """What the migration did. The shadow is attached to the live database, which `cursor` is on."""
    live, copy = shadow.database, shadow.alias
    with shadow.look(cursor, copy) as look:
        if looked.catalog is not None:
            old = looked.catalog
            new = read_catalog(look, schema=False, apart=after.apart)
        else:
            rows = read_listings(look, databases=(live, copy))
            old = catalog_of(look, [row for row in rows if row.database == live], looked.apart)
            new = catalog_of(look, [row for row in rows if row.database == copy], after.apart)
            doubtful = {
                name: table
                for name, table in new.tables.items()
                if name in after.written & old.tables.keys()
                and old.tables[name].create == table.create
            }
            old = replace(old, digests=_digests(look, live, doubtful))
            new = replace(new, digests=_digests(look, copy, doubtful))
    moved = moved_tables(old, new)
    made = additions(old, new, moved)
    return Changes(old, new, moved, _in_order(cursor, shadow, new, made))


def _digests(
    con: duckdb.DuckDBPyConnection, database: str, tables: Mapping[str, TableEntry]
) -> dict[str, TableDigest]:
    return {
        name: digest_table(con, quote(database, table.schema, table.name), table.types)
        for name, table in tables.items()
    }


def _in_order(
    cursor: duckdb.DuckDBPyConnection, shadow: Shadow, after: Catalog, made: frozenset[str]
) -> tuple[str, ...]:
    """The keys of what is to be made, so that each can be made after those before it."""
    order = list(creation_statements(after))
    if len(made) > 1 and any(key.startswith(("view ", "macro ")) for key in made):
        # DuckDB has to be alone with a database to try what macros and views need.
        shadow.detach(cursor)
        with connect_copy(shadow.path) as con, running(con):
            whole = read_catalog(con, schema=False, rows=False)
            order = creation_order(con, creation_statements(whole))
        shadow.attach(cursor)
    return tuple(key for key in order if key in made)
