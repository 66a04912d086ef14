"""Rows for a random database, and random operations that fit it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import duckdb
from hypothesis import strategies as st

from course_lib.migrations.operations.read_tables import read_tables
from course_lib.migrations.operations.whole_table import WholeTable
from course_lib.migrations.quoting import quote
from course_lib.migrations.table_definition import Check, ForeignKey, Key

# Values by the beginning of a type's name.
VALUES = {
    "INTEGER[]": ["[1, NULL]", "[]"],
    "INTEGER": ["0", "1", "-7", "2147483647"],
    "BIGINT": ["0", "2", "9000000000"],
    "VARCHAR": ["''", "'a'", "'it''s; -- x'", "'ключ'", "'007'"],
    "DECIMAL": ["0", "1.5", "99.99"],
    "DATE": ["DATE '2001-02-03'", "DATE '1970-01-01'"],
    "TIMESTAMP": ["TIMESTAMP '2001-02-03 04:05:06.789'"],
    "BOOLEAN": ["true", "false"],
    "DOUBLE": ["0.0", "-0.0", "'nan'::DOUBLE", "1e300"],
    "STRUCT": ["{'a': 1, 'b': NULL}", "{'a': NULL, 'b': ''}"],
    "MAP": ["MAP {'k': 1}"],
    "ENUM": ["'good'", "'it''s bad'"],
    "UUID": ["'00000000-0000-0000-0000-000000000001'"],
    "BLOB": ["'\\xAA\\x00'::BLOB"],
    "UNION": ["union_value(n := 1)"],
}
SCHEMAS = ("main", "s")


def fill(draw: st.DrawFn, con: duckdb.DuckDBPyConnection) -> None:
    """A few rows in every table; one that DuckDB does not take is left out."""
    for table in all_tables(con):
        columns = [one for one in table.definition.columns if one.generated is None]
        names = ", ".join(quote(one.name) for one in columns)
        name = quote(table.definition.schema, table.definition.name)
        for _ in range(draw(st.integers(0, 5))):
            values = [draw(st.sampled_from(["NULL", *_values(one.type)])) for one in columns]
            with contextlib.suppress(duckdb.Error):
                con.execute(f"INSERT INTO {name} ({names}) VALUES ({', '.join(values)})").fetchall()


def all_tables(con: duckdb.DuckDBPyConnection) -> list[WholeTable]:
    """The tables of both schemas."""
    return [table for schema in SCHEMAS for table in read_tables(con, schema)]


def operations_for(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Operations as a file has them, each with a reverse; some will be refused."""
    found: list[str] = []
    for table in all_tables(con):
        found += _of_table(table)
        found += [one for column in table.definition.columns for one in _of_column(table, column)]
    return found


def _of_table(table: WholeTable) -> Iterator[str]:
    name = _named(table)
    first = table.definition.columns[0]
    yield _call("rename_table", name, "renamed to")
    yield _call(
        "add_column", name, "new one", "INTEGER", before=first.name, fill="7", not_null=True
    )
    yield _call("add_column", name, "new one", "VARCHAR", default="'d'", not_null=True)
    yield _call("add_column", name, "new one", "BIGINT", fill="nextval('numbers')")
    yield _call("add_check", name, f"{quote(first.name)} IS NULL OR true")
    yield _call(
        "add_index", "new index", name, [quote(one.name) for one in table.definition.columns]
    )
    for index in table.indexes:
        listed = list(index.expressions)
        yield _call("drop_index", index.name, name, listed, unique=index.unique)
    for constraint in table.definition.constraints:
        if isinstance(constraint, Check):
            yield _call("drop_check", name, constraint.condition)
        elif isinstance(constraint, ForeignKey):
            target = quote(table.definition.schema, constraint.references)
            columns, other = list(constraint.columns), list(constraint.referenced)
            yield _call("drop_foreign_key", name, columns, target, other)
        elif isinstance(constraint, Key):
            word = "unique" if constraint.kind == "UNIQUE" else "primary_key"
            yield _call(f"drop_{word}", name, list(constraint.columns))


def _of_column(table: WholeTable, column: object) -> Iterator[str]:
    name, columns = _named(table), table.definition.columns
    at = next(i for i, one in enumerate(columns) if one is column)
    one = columns[at]
    before = columns[at + 1].name if at + 1 < len(columns) else None
    yield _call("rename_column", name, one.name, "renamed to")
    yield _call("set_not_null", name, one.name)
    yield _call("drop_not_null", name, one.name)
    yield _call("set_default", name, one.name, "NULL", was=one.default)
    yield _call("add_unique", name, one.name)
    yield _call("add_primary_key", name, one.name)
    yield _call("change_type", name, one.name, "VARCHAR", was=one.type)
    yield _call(
        "drop_column",
        name,
        one.name,
        one.type,
        keep_in="kept values",
        not_null=one.not_null,
        default=one.default,
        before=before,
    )


def _call(operation: str, *arguments: object, **named: object) -> str:
    given = [repr(one) for one in arguments] + [f"{word}={one!r}" for word, one in named.items()]
    return f"{operation}({', '.join(given)})"


def _named(table: WholeTable) -> str:
    return quote(table.definition.schema, table.definition.name)


def _values(type_: str) -> list[str]:
    beginnings: Callable[[str], bool] = type_.startswith
    return next((values for name, values in VALUES.items() if beginnings(name)), [])
