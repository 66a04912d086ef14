"""The requirement that everything that was not asked for stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from course_lib.migrations import Schema, diff

from ..exercise import Task
from ..findings import Evidence, Finding
from ..row_differences import compare_rows, primary_key
from ..state import State
from .kind import TEXTS, Complaint, Kind, Parameters

# What `except` may name besides columns, in the words that differences have for it.
_WORDS = ("table", "view", "rows of", "constraints of", "indexes of", "comment of", "sequence")


def judge_unchanged(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """Schema and rows are the model's, save what stands in `except`.

    That is a column (`users.email`), or what a difference calls its object: `table old`, `view v`,
    `rows of users`, `constraints of users`, `indexes of users`. A column in `except` may stand
    anywhere among the others, which keep their order.
    """
    yield from compare_states(
        evidence.after_up,
        evidence.expected.after_up,
        frozenset(parameters["except"]),
        evidence.show_rows,
    )


def compare_states(
    found: State,
    expected: State,
    excepted: frozenset[str],
    show_rows: bool,
    *,
    before: bool = True,
) -> Iterator[Finding]:
    """Every difference of schema, and of the rows of tables whose columns are the expected ones.

    `before` as in `compare_rows`: what is expected is what was there.
    """
    for difference in diff(_without(found.schema, excepted), _without(expected.schema, excepted)):
        if difference.object not in excepted:
            yield Finding(difference.object, difference.is_, difference.expected)
    for name, rows in expected.rows.items():
        if found.rows.get(name) == rows:
            continue
        left_out = frozenset(
            one.removeprefix(f"{name}.") for one in excepted if one.startswith(f"{name}.")
        )
        should = rows.without(left_out)
        if name in found.rows and not {f"rows of {name}", f"table {name}"} & excepted:
            is_ = found.rows[name].without(left_out)
            if set(is_.columns) == set(should.columns):
                key = primary_key(expected.schema.tables[name])
                what = f"rows of {name}"
                yield from compare_rows(what, key, is_, should, show_rows, before=before)


def _without(schema: Schema, excepted: frozenset[str]) -> Schema:
    tables = {
        name: replace(
            table, columns=tuple(c for c in table.columns if f"{name}.{c.name}" not in excepted)
        )
        for name, table in schema.tables.items()
        if f"table {name}" not in excepted
    }
    return replace(schema, tables=tables)


def _wrong(task: Task, parameters: Parameters) -> Iterable[Complaint]:
    for one in parameters["except"]:
        if not (one.startswith(tuple(f"{word} " for word in _WORDS)) or ("." in one)):
            forms = ", ".join(f"{word} NAME" for word in _WORDS)
            yield "except", f"{one!r} is neither TABLE.COLUMN nor one of {forms}"


UNCHANGED = Kind(judge_unchanged, {"except": TEXTS}, complaints=_wrong)
