"""A snapshot of a database's schema, as plain data that compares, prints and travels as JSON.

What makes no difference in meaning makes none here: the order of constraints, a key written inline
or at the end of the table, the case of a name, the ways to write one default. System objects,
temporary objects and the engine's own schema `updown` are left out.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from .other_objects import read_others
from .schema_paths import read_schema_paths
from .table import Column as Column
from .table import Constraint as Constraint
from .table import Index as Index
from .table import Table as Table
from .table_reader import Listed, list_tables, read_tables


@dataclass(frozen=True)
class Schema:
    """A database without its rows. Keys are lower case, `users` in main and `s.users` elsewhere.

    `others` maps views, sequences, types, macros, triggers, schemas ("view v") and the comments on
    them ("comment of view v") to a text that says what each is.
    """

    tables: dict[str, Table]
    others: dict[str, str]

    def to_json(self) -> dict[str, Any]:
        """Plain lists, dictionaries and strings; `from_json` reads them back."""
        return {
            "tables": {name: asdict(table) for name, table in self.tables.items()},
            "others": dict(self.others),
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> Schema:
        """The schema that `to_json` wrote. A missing key is a KeyError."""
        return Schema(
            {name: Table.from_json(table) for name, table in data["tables"].items()},
            dict(data["others"]),
        )


def read_schema(
    con: duckdb.DuckDBPyConnection, *, macros: bool = True, tables: list[Listed] | None = None
) -> Schema:
    """Read the schema of the connection's current database. Writes nothing.

    Listing macros costs more than all the rest together (DuckDB walks its own functions too), so
    who knows that there are none may leave them out. Who has listed the `tables` may say so.
    """
    paths = read_schema_paths(con)
    found, comments = read_tables(con, paths, list_tables(con) if tables is None else tables)
    others = read_others(con, paths, macros)
    return Schema(found, others | {f"comment of {key}": text for key, text in comments.items()})
