"""The requirement that everything that was not asked for stays as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from course_lib.migrations import Schema, diff

from ..findings import Evidence, Finding
from ..row_differences import compare_rows
from ..state import State


def judge_unchanged(evidence: Evidence, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Schema and rows are the model's, save the columns in `except` ("table.column", a list).

    A column in `except` may stand anywhere among the others, which keep their order.
    """
    excepted: dict[str, set[str]] = defaultdict(set)
    for name in parameters["except"]:
        table, _, column = name.rpartition(".")
        excepted[table].add(column)
    yield from compare_states(
        evidence.after_up, evidence.expected.after_up, excepted, evidence.show_rows
    )


def compare_states(
    found: State, expected: State, excepted: Mapping[str, set[str]], show_rows: bool
) -> Iterator[Finding]:
    """Every difference of schema, and of the rows of tables whose columns are the expected ones."""
    for difference in diff(_without(found.schema, excepted), _without(expected.schema, excepted)):
        yield Finding(difference.object, difference.is_, difference.expected)
    for name, rows in expected.rows.items():
        left_out = frozenset(excepted.get(name, ()))
        should = rows.without(left_out)
        if name in found.rows:
            is_ = found.rows[name].without(left_out)
            if set(is_.columns) == set(should.columns):
                yield from compare_rows(expected.schema.tables[name], is_, should, show_rows)


def _without(schema: Schema, excepted: Mapping[str, set[str]]) -> Schema:
    tables = {
        name: replace(
            table,
            columns=tuple(c for c in table.columns if c.name not in excepted.get(name, ())),
        )
        for name, table in schema.tables.items()
    }
    return replace(schema, tables=tables)
