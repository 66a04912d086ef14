"""Two schemas beside each other, table by table, with what differs marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypedDict

from course_lib.migrations import Schema, Table, describe_column

from .moment import Sample, Tables

Mark = Literal["same", "new", "gone", "changed"]


class Line(TypedDict):
    """One column, key or index: what it is on the left and on the right, empty where it is not."""

    mark: Mark
    name: str
    left: str
    right: str


class SampleView(TypedDict):
    """A few rows; `marks` says of each column whether it is new."""

    columns: list[str]
    marks: list[Mark]
    rows: list[list[str | None]]


class TableView(TypedDict):
    """A table on both sides. Numbers of rows are None where a side has no rows to count."""

    name: str
    mark: Mark
    lines: list[Line]
    rows_left: int | None
    rows_right: int | None
    sample: SampleView | None


def put_side_by_side(
    left: Schema, right: Schema, left_rows: Tables | None, right_rows: Tables | None
) -> list[TableView]:
    """Every table of either side; the sample rows are those of the side that has rows, the right
    one where both have."""
    shown = right_rows or left_rows
    views = []
    for key in [*right.tables, *(key for key in left.tables if key not in right.tables)]:
        before, after = left.tables.get(key), right.tables.get(key)
        lines = list(_lines(before, after))
        sample = shown.samples.get(key) if shown else None
        views.append(
            TableView(
                name=key,
                mark=_mark_of(before, after),
                lines=lines,
                rows_left=_count(left_rows, key),
                rows_right=_count(right_rows, key),
                sample=_sample(sample, lines) if sample else None,
            )
        )
    others = list(_pairs(left.others, right.others))
    if others:
        different = any(line["mark"] != "same" for line in others)
        views.append(
            TableView(
                name="other objects",
                mark="changed" if different else "same",
                lines=others,
                rows_left=None,
                rows_right=None,
                sample=None,
            )
        )
    return views


def _mark_of(before: object, after: object) -> Mark:
    if before == after:
        return "same"
    return "new" if before is None else "gone" if after is None else "changed"


def _lines(before: Table | None, after: Table | None) -> Iterator[Line]:
    yield from _pairs(_parts(before), _parts(after))


def _parts(table: Table | None) -> dict[str, str]:
    """Columns, keys and indexes by name, in words."""
    if table is None:
        return {}
    parts = {column.name: describe_column(column) for column in table.columns}
    parts |= {constraint.text: "rule" for constraint in table.constraints}
    for index in table.indexes:
        kind = "unique index" if index.unique else "index"
        parts[f"{kind} {index.name}"] = f"on {index.listing()}"
    return parts


def _pairs(left: dict[str, str], right: dict[str, str]) -> Iterator[Line]:
    # What went stands where it stood, so that the eye finds it.
    names = list(right)
    for place, name in enumerate(left):
        if name not in right:
            names.insert(min(place, len(names)), name)
    for name in names:
        before, after = left.get(name), right.get(name)
        # Some objects have no text but their name.
        yield Line(
            mark=_mark_of(before, after),
            name=name,
            left="" if before is None else before or "there",
            right="" if after is None else after or "there",
        )


def _count(rows: Tables | None, key: str) -> int | None:
    digest = rows.digests.get(key) if rows else None
    return digest.rows if digest else None


def _sample(sample: Sample, lines: list[Line]) -> SampleView:
    marks: dict[str, Mark] = {line["name"]: line["mark"] for line in lines}
    return SampleView(
        columns=list(sample.columns),
        marks=[marks.get(name, "same") for name in sample.columns],
        rows=[list(row) for row in sample.rows],
    )
