"""All that has to arrive when a shadow is put back, as SQL and fingerprints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import duckdb

from .comments import Comment, comments_of, read_macro_comments
from .digest import TableDigest, digest_tables
from .listing import Row, read_listings
from .macros import read_macros
from .names import object_name
from .other_objects import type_texts
from .quoting import quote
from .schema import Schema, read_schema
from .sequences import SequenceValue, options_of, values_of
from .table_parser import parse_table


@dataclass(frozen=True)
class TableEntry:
    """A table as SQL: its parts, the columns that hold values, the tables it refers to.

    `types` are those of all its columns.
    """

    schema: str
    name: str
    create: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    references: frozenset[str]


@dataclass(frozen=True)
class Entry:
    """Any other object: how it is made and removed, and the name of the table it belongs to."""

    create: str
    drop: str
    owner: str = ""


@dataclass(frozen=True)
class Catalog:
    """A database's objects: tables by name, all others by kind and name (`view v`)."""

    schema: Schema | None
    digests: dict[str, TableDigest]
    tables: dict[str, TableEntry]
    others: dict[str, Entry]
    sequence_values: dict[str, SequenceValue]
    comments: dict[str, Comment]

    def of_kind(self, *kinds: str) -> dict[str, Entry]:
        """The other objects of these kinds, in the order in which they were made."""
        return {k: e for kind in kinds for k, e in self.others.items() if k.startswith(f"{kind} ")}


@dataclass(frozen=True)
class Apart:
    """Sequences and macros: what is read where the database is alone, and has not been closed.

    Whoever opens the file again finds the next value of a sequence as its START, and DuckDB writes
    macros down only where no other database is in the way. Each is None where nobody asked.
    """

    sequences: list[Row] | None
    macros: dict[str, Entry] | None
    comments: dict[str, Comment]


def read_apart(
    con: duckdb.DuckDBPyConnection, *, sequences: bool = True, macros: bool = True
) -> Apart:
    """The sequences of the connection's current database, and its macros. Writes nothing."""
    listed = read_listings(con, ("sequence",)) if sequences else None
    if not macros:
        return Apart(listed, None, {})
    found = {key: Entry(*made) for key, made in read_macros(con).items()}
    return Apart(listed, found, read_macro_comments(con) if found else {})


def read_catalog(
    con: duckdb.DuckDBPyConnection,
    *,
    schema: bool = True,
    rows: bool = True,
    apart: Apart | None = None,
) -> Catalog:
    """Read the catalog of the connection's current database. Writes nothing.

    Where one of these is False there is no schema or no digest in it. `apart` is what was read on
    another connection to the same database.
    """
    apart = apart or read_apart(con)
    listed = read_listings(con)
    return replace(
        catalog_of(con, listed, apart),
        schema=read_schema(con, macros=apart.macros != {}) if schema else None,
        digests=digest_tables(con) if rows else {},
    )


def catalog_of(con: duckdb.DuckDBPyConnection, listed: list[Row], apart: Apart) -> Catalog:
    """The catalog of one database, whose rows of listings these are. It has no schema and digests.

    DuckDB is asked for the texts of types.
    """
    sequences = [row for row in listed if row.kind == "sequence"]
    if apart.sequences is not None:
        listed = [*apart.sequences, *(row for row in listed if row.kind != "sequence")]
        sequences = apart.sequences
    return Catalog(
        schema=None,
        digests={},
        tables=_tables(listed),
        others=dict(_others(con, listed)) | (apart.macros or {}),
        sequence_values=values_of(sequences),
        comments=comments_of(listed) | apart.comments,
    )


def read_tables(con: duckdb.DuckDBPyConnection) -> dict[str, TableEntry]:
    """The tables of the connection's current database by name, oldest first. Writes nothing."""
    return _tables(read_listings(con, ("table", "column")))


def _tables(listed: list[Row]) -> dict[str, TableEntry]:
    columns: dict[tuple[str, str], list[Row]] = {}
    for row in listed:
        if row.kind == "column":
            columns.setdefault((row.schema, row.name), []).append(row)
    return {
        object_name(row.schema, row.name): TableEntry(
            row.schema,
            row.name,
            row.text or "",
            tuple(c.part or "" for c in columns[row.schema, row.name] if c.stored),
            tuple(c.text or "" for c in columns[row.schema, row.name]),
            _references(row.schema, row.name, row.text or ""),
        )
        for row in listed
        if row.kind == "table"
    }


def _references(schema: str, name: str, sql: str) -> frozenset[str]:
    """The tables that a table refers to; a foreign key does not leave its schema."""
    keys = parse_table(schema, name, sql).foreign_keys()
    return frozenset(object_name(schema, one.references) for one in keys)


def _others(con: duckdb.DuckDBPyConnection, listed: list[Row]) -> Iterator[tuple[str, Entry]]:
    for row in listed:
        kind, database, _, schema, name, text, part, *_ = row
        named, key = quote(schema, name), f"{kind} {object_name(schema, name)}"
        drop = f"DROP {kind.upper()} IF EXISTS {named}"
        if kind == "schema":
            named = quote(schema)
            yield (
                f"schema {schema.lower()}",
                Entry(f"CREATE SCHEMA {named}", f"DROP SCHEMA IF EXISTS {named}"),
            )
        elif kind == "sequence":
            yield key, Entry(f"CREATE SEQUENCE {named}{options_of(row)}", drop)
        elif kind == "type":
            yield (
                key,
                Entry(
                    f"CREATE TYPE {named} AS {type_texts(con, [quote(database, schema, name)])[0]}",
                    drop,
                ),
            )
        elif kind in ("view", "index"):
            yield key, Entry(text or "", drop, object_name(schema, part) if part else "")
        elif kind == "trigger" and part:
            owner = object_name(schema, part)
            drop = f"DROP TRIGGER {quote(name)} ON {quote(schema, part)}"
            yield f"trigger {owner}.{name.lower()}", Entry(text or "", drop, owner)
