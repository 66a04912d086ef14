"""A whole small database as plain data: its schema and its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import duckdb

from course_lib.migrations import Schema, quote, read_schema
from course_lib.migrations.names import object_name
from course_lib.migrations.table_reader import list_tables

from .learned import Learned, MadeBy

# No table of a world has more rows (`prepared.py` refuses it), so a table beyond this size is a
# difference whatever it holds.
MAX_ROWS = 2_000

Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Rows:
    """The rows of one table, every value as DuckDB's text or None, sorted (order means nothing)."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def without(self, names: frozenset[str]) -> Rows:
        """The same rows without these columns."""
        if names.isdisjoint(self.columns):
            return self
        kept = [i for i, column in enumerate(self.columns) if column not in names]
        columns = tuple(self.columns[i] for i in kept)
        rows = tuple(tuple(row[i] for i in kept) for row in self.rows)
        # Rows that differ before the first column that goes, such as in a key, stay in their order.
        first = next(i for i, column in enumerate(self.columns) if column in names)
        stay = len({row[:first] for row in self.rows}) == len(self.rows)
        return Rows(columns, rows if stay else sorted_rows(rows))

    def arranged(self, columns: tuple[str, ...]) -> Rows:
        """The same rows with the columns in this order. KeyError for one that is not there."""
        if columns == self.columns:
            return self
        place = {column: i for i, column in enumerate(self.columns)}
        order = [place[column] for column in columns]
        return Rows(columns, sorted_rows(tuple(row[i] for i in order) for row in self.rows))


@dataclass(frozen=True)
class State:
    """A database: its schema, and the rows of each table under the table's key in the schema."""

    schema: Schema
    rows: Mapping[str, Rows]

    @staticmethod
    def empty() -> State:
        """A database with nothing in it."""
        return State(Schema({}, {}), {})

    def to_json(self) -> dict[str, Any]:
        """Plain lists, dictionaries and strings; `from_json` reads them back."""
        return {
            "schema": self.schema.to_json(),
            "rows": {
                name: {"columns": list(rows.columns), "rows": [list(row) for row in rows.rows]}
                for name, rows in self.rows.items()
            },
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> State:
        """The state that `to_json` wrote. A missing key is a KeyError."""
        return State(
            Schema.from_json(data["schema"]),
            {
                name: Rows(tuple(rows["columns"]), tuple(tuple(row) for row in rows["rows"]))
                for name, rows in data["rows"].items()
            },
        )


def read_state(
    con: duckdb.DuckDBPyConnection,
    learned: Learned | None = None,
    made_by: MadeBy | None = None,
) -> State:
    """Read the connection's current database. Writes nothing; reads at most `MAX_ROWS` a table.

    What `learned` knows of the schema that `made_by` makes is not read again.
    """
    # `answer.py` refuses an answer that makes a macro, so there is none to list.
    tables = list_tables(con)
    learned = learned or Learned()
    schema = learned.find_schema(made_by, tables)
    if schema is None:
        schema = read_schema(con, macros=False, tables=tables)
        learned.note_schema(made_by, tables, schema)
    schema = replace(schema, others=dict(schema.others))
    rows = {}
    for database, schema_name, table, *_ in tables:
        key = object_name(schema_name, table)
        if key not in schema.tables:
            # The engine's own schema is left out of a snapshot. No world has a ledger, so what is
            # there was put there to stay out of sight.
            schema.others[f"table {key}"] = "a table in the engine's own schema"
            continue
        columns = tuple(column.name for column in schema.tables[key].columns)
        texts = ", ".join(f"CAST({quote(column)} AS VARCHAR)" for column in columns)
        found = con.execute(
            f"SELECT {texts} FROM {quote(database, schema_name, table)} LIMIT {MAX_ROWS + 1}"
        ).fetchall()
        rows[key] = Rows(columns, sorted_rows(found))
    return State(schema, rows)


def sorted_rows(rows: Any) -> tuple[Row, ...]:
    """Rows in an order that hangs on nothing but their values."""
    return tuple(sorted(rows, key=lambda row: [*map(_order, row)]))


@lru_cache(maxsize=1 << 16)
def _order(value: str | None) -> tuple[int, int, str]:
    """NULL first, then whole numbers by their size (people look for keys in that order)."""
    if value is None:
        return (0, 0, "")
    if len(value) < 20 and value.lstrip("-").isdecimal() and value.isascii():
        return (1, int(value), "")
    return (2, 0, value)
