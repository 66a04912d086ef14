"""What the database and the folder say at one time: everything a picture is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from course_lib.migrations import (
    Applied,
    Folder,
    Problem,
    Schema,
    Status,
    TableDigest,
    digest_tables,
    own_cursor,
    quote,
    read_applied,
    read_schema,
    read_starting_schema,
    read_status,
    verify,
)
from course_lib.migrations.names import OWN_SCHEMA, object_name

from .remembered import replay_remembered

SAMPLE_ROWS = 3

_TABLES = f"""
    SELECT schema_name, table_name FROM duckdb_tables()
    WHERE database_name = current_database() AND NOT internal AND NOT temporary
      AND schema_name <> '{OWN_SCHEMA}' ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Sample:
    """The first rows of a table as texts; None is NULL."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True)
class Tables:
    """Schema, number and fingerprint of the rows, and a few rows of each table, by its key."""

    schema: Schema
    digests: dict[str, TableDigest]
    samples: dict[str, Sample]


@dataclass(frozen=True)
class Moment:
    """One state. `goal` is the schema that all files together give, or why it cannot be told.

    `problems` are those of the history: edited, missing, late and duplicated files, and drift.
    """

    folder: Folder
    statuses: tuple[Status, ...]
    applied: tuple[Applied, ...]
    tables: Tables
    problems: tuple[Problem, ...]
    goal: Schema | Problem


def read_moment(con: duckdb.DuckDBPyConnection, folder: Folder) -> Moment:
    """Read all of it. Writes nothing."""
    with own_cursor(con) as cursor:
        database: str = cursor.execute("SELECT current_database()").fetchall()[0][0]
        start = read_starting_schema(cursor)
        applied = read_applied(cursor)
    tables = read_tables(con)
    return Moment(
        folder,
        read_status(con, folder),
        applied,
        tables,
        verify(con, folder, replay=replay_remembered, schema=tables.schema).problems,
        replay_remembered(folder.migrations, database, start),
    )


def read_tables(con: duckdb.DuckDBPyConnection) -> Tables:
    """The tables as they are. Writes nothing."""
    with own_cursor(con) as cursor:
        schema, digests = read_schema(cursor), digest_tables(cursor)
        samples = {
            object_name(home, name): _read_sample(cursor, quote(home, name))
            for home, name in cursor.execute(_TABLES).fetchall()
        }
    return Tables(schema, digests, samples)


def _read_sample(cursor: duckdb.DuckDBPyConnection, table: str) -> Sample:
    # By the first column, since an update may move a row to the end of its table.
    rows = cursor.execute(
        f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (FROM {table} ORDER BY 1 LIMIT {SAMPLE_ROWS})"
    )
    names = tuple(column[0] for column in rows.description or ())
    return Sample(names, tuple(tuple(row) for row in rows.fetchall()))
