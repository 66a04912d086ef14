"""The requirement that a table has the shape that it should have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from course_lib.migrations import Schema, Table, diff

from ..findings import Evidence, Finding
from .kind import TABLE, Kind, Parameters
from .tables import model_table


def judge_table(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """Columns, types, defaults, rules and keys are the model's; columns may stand in any order.

    Indexes and comments are no part of the shape.
    """
    should = model_table(evidence, parameters["table"])
    found = evidence.after_up.schema.tables.get(parameters["table"])
    for difference in diff(_only(found), _only(should)):
        yield Finding(difference.object, difference.is_, difference.expected)


def _only(table: Table | None) -> Schema:
    if table is None:
        return Schema({}, {})
    columns = tuple(sorted(table.columns, key=lambda column: column.name))
    return Schema({table.name: replace(table, columns=columns, indexes=(), comment=None)}, {})


TABLE_SHAPE = Kind(judge_table, TABLE)
