"""Named differences between two schemas: object, what it is, what was expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .schema import Column, Schema, Table

ABSENT = "not there"


@dataclass(frozen=True)
class Difference:
    """One thing that is not as expected, in words."""

    object: str
    is_: str
    expected: str


def diff(found: Schema, expected: Schema) -> tuple[Difference, ...]:
    """Every difference between two schemas, tables first; empty where they mean the same."""
    return (*_tables(found, expected), *_others(found, expected))


def describe_column(column: Column) -> str:
    """A column in words: `VARCHAR, required, default 'x'`."""
    parts = [column.type, "may be NULL" if column.nullable else "required (NOT NULL)"]
    if column.generated is not None:
        parts.append(f"generated as {column.generated}")
    elif column.default is not None:
        parts.append(f"default {column.default}")
    if column.comment is not None:
        parts.append(f"comment {column.comment!r}")
    return ", ".join(parts)


def _tables(found: Schema, expected: Schema) -> Iterator[Difference]:
    for name in _keys(found.tables, expected.tables):
        is_, should = found.tables.get(name), expected.tables.get(name)
        if is_ is None and should is not None:
            yield Difference(f"table {name}", ABSENT, f"a table with {_names(should)}")
        elif should is None and is_ is not None:
            yield Difference(f"table {name}", f"a table with {_names(is_)}", ABSENT)
        elif is_ is not None and should is not None and is_ != should:
            yield from _table(is_, should)


def _table(found: Table, expected: Table) -> Iterator[Difference]:
    is_columns = {column.name: column for column in found.columns}
    should_columns = {column.name: column for column in expected.columns}
    for name in _keys(is_columns, should_columns):
        is_, should = is_columns.get(name), should_columns.get(name)
        if is_ != should:
            yield Difference(
                f"column {found.name}.{name}",
                describe_column(is_) if is_ else ABSENT,
                describe_column(should) if should else ABSENT,
            )
    shared = is_columns.keys() & should_columns.keys()
    is_order = [column.name for column in found.columns if column.name in shared]
    should_order = [column.name for column in expected.columns if column.name in shared]
    if is_order != should_order:
        yield Difference(
            f"order of the columns of {found.name}", ", ".join(is_order), ", ".join(should_order)
        )
    yield from _sets(
        f"constraints of {found.name}",
        [constraint.text for constraint in found.constraints],
        [constraint.text for constraint in expected.constraints],
    )
    yield from _sets(
        f"indexes of {found.name}",
        [_index(i.name, i.unique, i.expressions) for i in found.indexes],
        [_index(i.name, i.unique, i.expressions) for i in expected.indexes],
    )
    if found.comment != expected.comment:
        yield Difference(
            f"comment of {found.name}", found.comment or "none", expected.comment or "none"
        )


def _sets(name: str, found: list[str], expected: list[str]) -> Iterator[Difference]:
    if sorted(found) != sorted(expected):
        extra = [text for text in found if found.count(text) > expected.count(text)]
        missing = [text for text in expected if expected.count(text) > found.count(text)]
        is_ = f"{' and '.join(extra)} too" if extra else f"without {' and '.join(missing)}"
        should = " and ".join(missing) if missing else f"without {' and '.join(extra)}"
        yield Difference(name, is_, should)


def _index(name: str, unique: bool, expressions: str) -> str:
    return f"{'unique index' if unique else 'index'} {name} on {expressions}"


def _others(found: Schema, expected: Schema) -> Iterator[Difference]:
    for name in _keys(found.others, expected.others):
        is_, should = found.others.get(name), expected.others.get(name)
        if is_ != should:
            yield Difference(
                name,
                ABSENT if is_ is None else is_ or "there",
                ABSENT if should is None else should or "there",
            )


def _keys(found: dict[str, object] | dict, expected: dict) -> list[str]:  # type: ignore[type-arg]
    return [*expected, *(name for name in found if name not in expected)]


def _names(table: Table) -> str:
    return "the columns " + ", ".join(column.name for column in table.columns)
