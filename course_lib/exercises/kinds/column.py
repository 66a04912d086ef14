"""Requirements on one column: there with its type, required or not, its default; or gone."""

from __future__ import annotations

from collections.abc import Iterator

from course_lib.migrations import Column, Schema

from ..findings import Evidence, Finding
from .kind import COLUMN, Kind, Parameters


def judge_type(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The column is there and has the model's type."""
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


def judge_nullable(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The column is required, or not, like the model's."""
    found = _find(evidence.after_up.schema, parameters)
    should = _model(evidence, parameters)
    if found is not None and found.nullable != should.nullable:
        words = {True: "may be NULL", False: "required (NOT NULL)"}
        yield Finding(_name(parameters), words[found.nullable], words[should.nullable])


def judge_default(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The column has the model's default, or none like it."""
    found = _find(evidence.after_up.schema, parameters)
    should = _model(evidence, parameters)
    if found is not None and found.default != should.default:
        yield Finding(_name(parameters), _default(found), _default(should))


def judge_gone(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The column is not there any more."""
    if _find(evidence.after_up.schema, parameters) is not None:
        yield Finding(_name(parameters), "still there", "not there any more")


def _name(parameters: Parameters) -> str:
    return f"{parameters['table']}.{parameters['column']}"


def _find(schema: Schema, parameters: Parameters) -> Column | None:
    table = schema.tables.get(parameters["table"])
    return table.column(parameters["column"]) if table else None


def _model(evidence: Evidence, parameters: Parameters) -> Column:
    column = _find(evidence.expected.after_up.schema, parameters)
    if column is None:
        raise LookupError(f"the model answer has no {_name(parameters)}")
    return column


def _default(column: Column) -> str:
    return "no default" if column.default is None else f"the default {column.default}"


COLUMN_TYPE = Kind(judge_type, COLUMN)
COLUMN_NULLABLE = Kind(judge_nullable, COLUMN)
COLUMN_DEFAULT = Kind(judge_default, COLUMN)
COLUMN_GONE = Kind(judge_gone, COLUMN)
