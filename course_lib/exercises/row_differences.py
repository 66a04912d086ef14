"""Rows that are not as expected: which ones, by their keys, and what is different in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from course_lib.counted import counted
from course_lib.migrations import Table

from .findings import Finding, value
from .state import Row, Rows

SHOWN = 3


def primary_key(table: Table) -> tuple[str, ...]:
    """The columns of the table's primary key; none where it has no key."""
    keys = [c.columns for c in table.constraints if c.kind == "PRIMARY KEY"]
    return keys[0] if keys else ()


def compare_rows(
    name: str,
    key_columns: tuple[str, ...],
    found: Rows,
    expected: Rows,
    show_rows: bool,
    *,
    before: bool = True,
) -> Iterator[Finding]:
    """Differences between two lists of rows, at most one finding for each way to differ.

    Rows are told apart by `key_columns`. Both sides need the same columns. With `before`, the
    expected rows are those that were there before; else they are what a right answer gives.
    """
    found = found.arranged(expected.columns)
    if found == expected:
        return
    number = counted(len(expected.rows), "row")
    were = "was" if len(expected.rows) == 1 else "were"
    source = f"{were} there, unchanged" if before else "a right answer gives"
    wanted = f"the {number} that {source}"
    too_many = Counter(found.rows) - Counter(expected.rows)
    too_few = Counter(expected.rows) - Counter(found.rows)
    key = [expected.columns.index(c) for c in key_columns if c in expected.columns]
    changed = _changed(too_many, too_few, key) if key else []
    for is_row, should_row in changed:
        too_many[is_row] -= 1
        too_few[should_row] -= 1
    gone, extra = list(too_few.elements()), list(too_many.elements())
    columns = expected.columns
    if gone:
        what = _listed([name_row(columns, row, key) for row in gone], show_rows)
        word = "gone" if before else "missing"
        yield Finding(name, f"{len(gone)} of {number} {word}{what}", wanted)
    if extra:
        what = _listed([name_row(columns, row, key) for row in extra], show_rows)
        yield Finding(name, f"{counted(len(extra), 'row')} too many{what}", wanted)
    if changed:
        should = "was" if before else "should be"
        what = _listed([_change(columns, a, b, key, should) for a, b in changed], show_rows)
        word = "changed" if before else "with another value"
        yield Finding(name, f"{len(changed)} of {number} {word}{what}", wanted)


def name_row(columns: tuple[str, ...], row: Row, key: list[int], besides: str = "") -> str:
    """A row by its key and a few of its other values: `id 4 (name NULL, joined '2024-02-01')`."""
    others = [
        f"{column} {value(row[i])}"
        for i, column in enumerate(columns)
        if i not in key and column != besides
    ][:2]
    keyed = ", ".join(f"{columns[i]} {row[i]}" for i in key)
    if not keyed:
        return f"({', '.join(others)})"
    return f"{keyed} ({', '.join(others)})" if others else keyed


def listing(items: list[str]) -> str:
    """The first few of a list: `a; b; c; and 4 more`."""
    more = [f"and {len(items) - SHOWN} more"] if len(items) > SHOWN else []
    return "; ".join(items[:SHOWN] + more)


def _changed(
    too_many: Counter[Row], too_few: Counter[Row], key: list[int]
) -> list[tuple[Row, Row]]:
    by_key: dict[Row, list[Row]] = defaultdict(list)
    for row in too_many.elements():
        by_key[tuple(row[i] for i in key)].append(row)
    pairs = []
    for row in too_few.elements():
        candidates = by_key[tuple(row[i] for i in key)]
        if candidates:
            pairs.append((candidates.pop(), row))
    return pairs


def _change(
    columns: tuple[str, ...], is_row: Row, should_row: Row, key: list[int], should: str
) -> str:
    parts = [
        f"{column} is {value(a)}, {should} {value(b)}"
        for column, a, b in zip(columns, is_row, should_row, strict=True)
        if a != b
    ]
    keyed = ", ".join(f"{columns[i]} {should_row[i]}" for i in key)
    return f"{keyed}: {', '.join(parts)}"


def _listed(items: list[str], show_rows: bool) -> str:
    return f": {listing(items)}" if show_rows else ""
