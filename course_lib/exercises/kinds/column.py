"""Requirements on one column: it is there with its type, it is required, it has no default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from course_lib.migrations import Column, Schema

from ..findings import Evidence, Finding


def judge_type(evidence: Evidence, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """The column is there and has the model's type. Parameters: `table`, `column`."""
    name = _name(parameters)
    found = _find(evidence.after_up.schema, parameters)
    should = _model(evidence, parameters)
    if parameters["table"] not in evidence.after_up.schema.tables:
        yield Finding(f"table {parameters['table']}", "not there", f"a table with {name}")
    elif found is None:
        yield Finding(name, "not there", f"a column of the type {should.type}")
    elif found.type != should.type:
        yield Finding(name, f"the type {found.type}", f"the type {should.type}")
    elif found.generated is not None and should.generated is None:
        yield Finding(name, f"computed as {found.generated}", "a column that can be written")


def judge_nullable(evidence: Evidence, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """The column is required, or not, like the model's. Parameters: `table`, `column`."""
    found = _find(evidence.after_up.schema, parameters)
    should = _model(evidence, parameters)
    if found is not None and found.nullable != should.nullable:
        words = {True: "may be NULL", False: "required (NOT NULL)"}
        yield Finding(_name(parameters), words[found.nullable], words[should.nullable])


def judge_default(evidence: Evidence, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """The column has the model's default, or none like it. Parameters: `table`, `column`."""
    found = _find(evidence.after_up.schema, parameters)
    should = _model(evidence, parameters)
    if found is not None and found.default != should.default:
        yield Finding(_name(parameters), _default(found), _default(should))


def _name(parameters: Mapping[str, Any]) -> str:
    return f"{parameters['table']}.{parameters['column']}"


def _find(schema: Schema, parameters: Mapping[str, Any]) -> Column | None:
    table = schema.tables.get(parameters["table"])
    return table.column(parameters["column"]) if table else None


def _model(evidence: Evidence, parameters: Mapping[str, Any]) -> Column:
    column = _find(evidence.expected.after_up.schema, parameters)
    if column is None:
        raise LookupError(f"the model answer has no {_name(parameters)}")
    return column


def _default(column: Column) -> str:
    return "no default" if column.default is None else f"the default {column.default}"
