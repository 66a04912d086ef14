"""A snapshot of a database's schema, as plain data that compares, prints and travels as JSON.

What makes no difference in meaning makes none here: the order of constraints, a key written inline
or at the end of the table, the case of a name, the ways to write one default. System objects,
temporary objects and the engine's own schema `updown` are left out.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from .names import HERE, object_name
from .other_objects import read_others
from .spelling import one_default, same_case


@dataclass(frozen=True)
class Column:
    """One column of a table. `default` and `generated` are DuckDB's text of the expression."""

    name: str
    type: str
    nullable: bool
    default: str | None
    generated: str | None
    comment: str | None


@dataclass(frozen=True)
class Constraint:
    """A key, a UNIQUE, a CHECK or a foreign key (NOT NULL stands with the column)."""

    kind: str
    columns: tuple[str, ...]
    text: str
    references: str | None


@dataclass(frozen=True)
class Index:
    """One index that somebody made (the ones behind keys stand as constraints)."""

    name: str
    unique: bool
    expressions: str


@dataclass(frozen=True)
class Table:
    """One table: columns in their order, constraints and indexes sorted."""

    name: str
    columns: tuple[Column, ...]
    constraints: tuple[Constraint, ...]
    indexes: tuple[Index, ...]
    comment: str | None

    def column(self, name: str) -> Column | None:
        """The column of that name in any case, or None."""
        return next((c for c in self.columns if c.name.lower() == name.lower()), None)


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
            {name: _table_from_json(table) for name, table in data["tables"].items()},
            dict(data["others"]),
        )


def read_schema(con: duckdb.DuckDBPyConnection, *, macros: bool = True) -> Schema:
    """Read the schema of the connection's current database. Writes nothing.

    Listing macros costs more than all the rest together (DuckDB walks its own functions too), so
    who knows that there are none may leave them out.
    """
    names = con.execute(
        f"SELECT schema_name, table_name, comment FROM duckdb_tables() "
        f"WHERE {HERE} AND NOT internal AND NOT temporary ORDER BY ALL"
    ).fetchall()
    columns = _columns(con)
    constraints = _constraints(con)
    indexes = _indexes(con)
    tables = {}
    for schema, name, comment in names:
        key = object_name(schema, name)
        tables[key] = Table(
            key,
            tuple(columns.get(key, ())),
            tuple(sorted(constraints.get(key, ()), key=lambda c: (c.kind, c.columns, c.text))),
            tuple(sorted(indexes.get(key, ()), key=lambda i: i.name)),
            comment,
        )
    return Schema(tables, read_others(con, macros))


def _columns(con: duckdb.DuckDBPyConnection) -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = {}
    rows = con.execute(
        "SELECT schema_name, table_name, column_name, data_type, is_nullable, column_default,"
        " is_generated, generation_expression, comment FROM duckdb_columns()"
        f" WHERE {HERE} AND NOT internal ORDER BY schema_name, table_name, column_index"
    ).fetchall()
    for schema, table, name, type_, nullable, default, is_generated, expression, comment in rows:
        default = None if is_generated else one_default(default, type_)
        made = None if expression is None else same_case(expression)
        column = Column(name.lower(), type_, nullable, default, made, comment)
        found.setdefault(object_name(schema, table), []).append(column)
    return found


def _constraints(con: duckdb.DuckDBPyConnection) -> dict[str, list[Constraint]]:
    found: dict[str, list[Constraint]] = {}
    rows = con.execute(
        "SELECT schema_name, table_name, constraint_type, constraint_column_names, expression,"
        " referenced_table, referenced_column_names FROM duckdb_constraints()"
        f" WHERE {HERE} AND constraint_type <> 'NOT NULL'"
    ).fetchall()
    for schema, table, kind, names, expression, referenced, referenced_names in rows:
        columns = tuple(name.lower() for name in names)
        references = None
        text = f"{kind} ({', '.join(columns)})"
        if kind == "CHECK":
            text = f"CHECK {same_case(expression)}"
        elif referenced:
            references = f"{referenced}({', '.join(referenced_names)})".lower()
            text += f" REFERENCES {references}"
        constraint = Constraint(kind, columns, text, references)
        found.setdefault(object_name(schema, table), []).append(constraint)
    return found


def _indexes(con: duckdb.DuckDBPyConnection) -> dict[str, list[Index]]:
    found: dict[str, list[Index]] = {}
    rows = con.execute(
        "SELECT schema_name, table_name, index_name, is_unique, expressions FROM duckdb_indexes()"
        f" WHERE {HERE}"
    ).fetchall()
    for schema, table, name, unique, expressions in rows:
        index = Index(name.lower(), unique, same_case(expressions))
        found.setdefault(object_name(schema, table), []).append(index)
    return found


def _table_from_json(data: dict[str, Any]) -> Table:
    return Table(
        data["name"],
        tuple(Column(**column) for column in data["columns"]),
        tuple(
            Constraint(c["kind"], tuple(c["columns"]), c["text"], c["references"])
            for c in data["constraints"]
        ),
        tuple(Index(**index) for index in data["indexes"]),
        data["comment"],
    )
