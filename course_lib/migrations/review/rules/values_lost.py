"""An up that drops a column or a table, and a down that makes it again without what was in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...describe import Target
from ..finding import Rule, Told
from ..unit import Unit, key_of, spell


def _look(unit: Unit) -> Iterator[Told]:
    down = unit.migration.down
    if unit.direction != "up" or down is None:
        return
    made_here = {key_of(target.table) for _, target in unit.with_action("create table")}
    for at, target in unit.with_action("drop column", "drop table"):
        if key_of(target.table) in made_here or _is_kept(unit, at, target):
            continue
        name = spell(*target.table, *([target.column] if target.column else []))
        yield Told(
            at,
            f"the down cannot bring the values of {name} back, since nothing keeps them",
            _rewrite(unit, at, target),
        )


def _is_kept(unit: Unit, at: int, target: Target) -> bool:
    """Whether a step above copies what is dropped to another table."""
    table, column = target.table[-1].lower(), (target.column or "").lower()
    for i, text in enumerate(unit.texts[:at]):
        other = unit.targets[i]
        words = {word.lower() for word in re.findall(r"\w+", text)}
        copies = re.search(r"\b(?:SELECT|FROM|TABLE)\b.*", text, re.IGNORECASE)
        if (
            other is not None
            and other.action in ("create table", "insert", "update")
            and (other.table[-1].lower() != table or other.action == "update")
            and copies
            and table in words
            and (not column or column in words or "*" in text or " AS FROM " in text.upper())
        ):
            return True
        if other is not None and other.action == "rename table" and column == "":
            return True
    return False


def _rewrite(unit: Unit, at: int, target: Target) -> str:
    table = spell(*target.table)
    kept = spell(
        *target.table[:-1], f"{target.table[-1]}_{target.column or ''}".rstrip("_") + "_kept"
    )
    text = unit.texts[at]
    if target.action == "drop table":
        new = spell(f"{target.table[-1]}_kept")
        return (
            f"-- migrate:up\nALTER TABLE {table} RENAME TO {new};\n"
            f"-- migrate:down\nALTER TABLE {kept} RENAME TO {spell(target.table[-1])};"
        )
    column = spell(target.column or "")
    key = _key(unit, target)
    type_ = _type(unit, target)
    return (
        f"-- migrate:up\nCREATE TABLE {kept} AS SELECT {key}, {column} FROM {table};\n{text};\n"
        f"-- migrate:down\nALTER TABLE {table} ADD COLUMN {column} {type_};\n"
        f"UPDATE {table} SET {column} = kept.{column} FROM {kept} AS kept"
        f" WHERE {table}.{key} = kept.{key};\n"
        f"DROP TABLE {kept};"
    )


def _key(unit: Unit, target: Target) -> str:
    table = unit.table(target.table)
    keys = [one.columns for one in table.constraints if one.kind == "PRIMARY KEY"] if table else []
    return spell(keys[0][0]) if keys and len(keys[0]) == 1 else "id"


def _type(unit: Unit, target: Target) -> str:
    table = unit.table(target.table)
    column = table.column(target.column or "") if table else None
    return column.type if column else "VARCHAR"


RULE = Rule("values-lost", "a drop whose down brings the thing back and not its values", _look)
