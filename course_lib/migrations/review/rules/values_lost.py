"""An up that drops a column or a table, and a down that makes it again without what was in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...describe import Target
from ...quoting import spell
from ..finding import Rule, Told
from ..unit import Unit, key_of


def _look(unit: Unit) -> Iterator[Told]:
    down = unit.migration.down
    if unit.direction != "up" or down is None:
        return
    for at, target in unit.with_action("drop column", "drop table"):
        if key_of(target.table) in unit.made or _is_kept(unit, at, target):
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
    """The values kept in a table of their own, "" where nothing tells the rows apart."""
    table, text = spell(*target.table), unit.texts[at]
    suffix = f"_{target.column}_kept" if target.column else "_kept"
    kept = spell(*target.table[:-1], f"{target.table[-1]}{suffix}")
    if target.action == "drop table":
        create = unit.creates.get(key_of(target.table), "").rstrip("; \n")
        if not create:
            return ""
        return (
            f"-- migrate:up\nCREATE TABLE {kept} AS FROM {table};\n{text};\n"
            f"-- migrate:down\n{create};\nINSERT INTO {table} FROM {kept};\nDROP TABLE {kept};"
            f"{_indexes(unit, target)}"
        )
    key, column = _key(unit, target), spell(target.column or "")
    if key is None:
        return ""
    return (
        f"-- migrate:up\nCREATE TABLE {kept} AS SELECT {key}, {column} FROM {table};\n{text};\n"
        f"-- migrate:down\nALTER TABLE {table} ADD COLUMN {column} {_type(unit, target)};\n"
        f"UPDATE {table} SET {column} = kept.{column} FROM {kept} AS kept"
        f" WHERE {table}.{key} = kept.{key};\n"
        f"DROP TABLE {kept};"
    )


def _indexes(unit: Unit, target: Target) -> str:
    table = unit.table(target.table)
    return "".join(
        f"\nCREATE {'UNIQUE ' if index.unique else ''}INDEX {spell(index.name)}"
        f" ON {spell(*target.table)} ({index.listing()});"
        for index in (table.indexes if table else ())
    )


def _key(unit: Unit, target: Target) -> str | None:
    """The column that is the table's key, None where there is no such one."""
    table = unit.table(target.table)
    keys = [one.columns for one in table.constraints if one.kind == "PRIMARY KEY"] if table else []
    return spell(keys[0][0]) if keys and len(keys[0]) == 1 else None


def _type(unit: Unit, target: Target) -> str:
    table = unit.table(target.table)
    column = table.column(target.column or "") if table else None
    return column.type if column else "VARCHAR"


RULE = Rule("values-lost", "a drop whose down brings the thing back and not its values", _look)
