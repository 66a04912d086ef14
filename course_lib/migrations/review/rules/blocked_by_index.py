"""ALTER on a table that has an index, or that others refer to: DuckDB refuses most of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...describe import Target
from ...quoting import spell
from ...schema import Index
from ..finding import Rule, Told
from ..unit import Unit, key_of
from .update_before_index import INDEX, index_table

_BLOCKED = (
    "set not null",
    "drop not null",
    "rename column",
    "rename table",
    "change type",
    "drop column",
)


def _look(unit: Unit) -> Iterator[Told]:
    if unit.before is None:
        return
    for at, target in unit.with_action(*_BLOCKED):
        key, name = key_of(target.table), spell(*target.table)
        gone = {other.table[-1].lower() for i, other in unit.with_action("drop index") if i < at}
        dropped = {key_of(other.table) for i, other in unit.with_action("drop table") if i < at}
        table = unit.table(target.table)
        if table is None or key in dropped:
            continue
        indexes = [index for index in table.indexes if index.name not in gone]
        indexes += [one for one in _made_above(unit, at, key) if one.name not in gone]
        children = [
            child
            for child, other in unit.before.tables.items()
            if child not in dropped | {key}
            and any((one.references or "").startswith(f"{key}(") for one in other.constraints)
        ]
        if indexes:
            names = ", ".join(index.name for index in indexes)
            yield Told(
                at,
                f"{name} has the index {names}, and DuckDB refuses this change as long as it has",
                _around(unit, at, target, name, indexes),
            )
        if children:
            yield Told(
                at,
                f"{', '.join(children)} refers to {name}, and DuckDB refuses this change as long"
                " as it does",
                _apart(unit, at, children),
            )


def _made_above(unit: Unit, at: int, key: str) -> Iterator[Index]:
    """The indexes of a table that the steps above make."""
    for text in unit.texts[:at]:
        table, found = index_table(text), INDEX.match(text)
        if table and found and key_of(table) == key:
            name = found["name"].strip('"').lower()
            yield Index(name, bool(found["unique"]), found["what"])


def _around(unit: Unit, at: int, target: Target, table: str, indexes: list[Index]) -> str:
    """The indexes dropped, the change, the indexes made again."""
    drops = "\n".join(f"DROP INDEX {spell(index.name)};" for index in indexes)
    changes = target.action in ("drop column", "change type")
    keep = [index for index in indexes if not (changes and _mentions(index, target.column or ""))]
    made = "\n".join(
        f"CREATE {'UNIQUE ' if index.unique else ''}INDEX {spell(index.name)} ON {table}"
        f" ({index.listing()});"
        for index in keep
    )
    change = f"{unit.texts[at]};"
    if changes:
        # An index that is dropped in the same transaction is still in the way.
        return f"{drops}\n-- in a migration of its own, after this one:\n{change}\n{made}".rstrip()
    return f"{drops}\n{change}\n{made}"


def _apart(unit: Unit, at: int, children: list[str]) -> str:
    """The rows of the children kept aside while they are gone."""
    lines = []
    for child in children:
        lines += [f"CREATE TABLE {child}_kept AS FROM {child};", f"DROP TABLE {child};"]
    lines.append(f"{unit.texts[at]};")
    for child in children:
        create = unit.creates.get(child, f"CREATE TABLE {child} (...)").rstrip("; \n")
        lines += [f"{create};", f"INSERT INTO {child} FROM {child}_kept;"]
        lines.append(f"DROP TABLE {child}_kept;")
    return "\n".join(lines)


def _mentions(index: Index, column: str) -> bool:
    return column.lower() in {word.lower() for word in re.findall(r"\w+", index.expressions)}


RULE = Rule("blocked-by-index", "ALTER on a table with an index, or that others refer to", _look)
