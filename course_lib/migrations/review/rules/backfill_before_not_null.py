"""UPDATE and then SET NOT NULL on the same column: DuckDB refuses that in one transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...quoting import spell
from ..finding import Rule, Told
from ..unit import Unit, key_of

# One column and one literal: a second assignment would be lost in a default.
_LITERAL = re.compile(
    r"""UPDATE \S+ SET (?:"(?:[^"]|"")+"|\w+) ?= ?"""
    r"(?P<value>'(?:[^']|'')*'|-?\d+(?:\.\d+)?|TRUE|FALSE)(?: WHERE .+)?",
    re.IGNORECASE,
)


def _look(unit: Unit) -> Iterator[Told]:
    if not unit.in_transaction:
        return
    for at, target in unit.with_action("set not null"):
        column = (target.column or "").lower()
        if key_of(target.table) in unit.made:
            continue
        updates = [
            i
            for i, other in unit.with_action("update")
            if i < at and key_of(other.table) == key_of(target.table) and column in unit.assigned(i)
        ]
        if updates and not _type_changed_between(unit, updates[-1], at, column):
            name = f"{spell(*target.table)}.{spell(target.column or '')}"
            yield Told(
                at,
                f"{name} is filled by an UPDATE and made required in one transaction, which DuckDB"
                " refuses on a table with rows; the engine then copies the database to do it",
                _rewrite(unit, updates, at),
            )


def _rewrite(unit: Unit, updates: list[int], at: int) -> str:
    target = unit.targets[at]
    assert target is not None and target.column
    table, column = spell(*target.table), spell(target.column)
    added, type_ = _added(unit, at)
    default = _LITERAL.fullmatch(unit.texts[updates[0]])
    required = f"ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL;"
    if added is not None and len(updates) == 1 and default:
        return (
            f"{unit.texts[added]} DEFAULT {default['value']};\n{required}\n"
            f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT;"
        )
    if type_ is None:
        return f"-- in a migration of its own, after this one:\n{required}"
    first = [added] if added is not None else []
    filled = "\n".join(f"{unit.texts[i]};" for i in [*first, *updates])
    return f"{filled}\nALTER TABLE {table} ALTER COLUMN {column} TYPE {type_};\n{required}"


def _added(unit: Unit, at: int) -> tuple[int | None, str | None]:
    """The step that adds the column with nothing but a type, and the type as far as it is known."""
    target = unit.targets[at]
    assert target is not None
    for i, other in unit.with_action("add column"):
        if (key_of(other.table), (other.column or "").lower()) == (
            key_of(target.table),
            (target.column or "").lower(),
        ):
            name = re.escape(other.column or "")
            plain_type = re.search(rf'{name}"? (?P<type>[\w ]+(?:\([\d, ]+\))?)$', unit.texts[i])
            if plain_type and "NOT EXISTS" not in unit.texts[i].upper():
                return i, plain_type["type"]
            return None, None
    table = unit.table(target.table)
    column = table.column(target.column or "") if table else None
    return None, column.type if column else None


def _type_changed_between(unit: Unit, first: int, last: int, column: str) -> bool:
    return any(
        first < i < last and (target.column or "").lower() == column
        for i, target in unit.with_action("change type")
    )


RULE = Rule("backfill-before-not-null", "an UPDATE before SET NOT NULL on the same column", _look)
