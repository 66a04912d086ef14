"""UPDATE or DELETE without WHERE: every row, also those that nobody had in mind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...describe import condition_of
from ...quoting import spell
from ..finding import Rule, Told
from ..unit import Unit, key_of


def _look(unit: Unit) -> Iterator[Told]:
    added = {
        (key_of(target.table), (target.column or "").lower()): i
        for i, target in unit.with_action("add column")
    }
    for at, target in unit.with_action("update", "delete"):
        text, key = unit.texts[at], key_of(target.table)
        if condition_of(text) is not None or key in unit.made:
            continue
        # A column that is new in this migration is empty in every row.
        new = [column for column in unit.assigned(at) if added.get((key, column), at) < at]
        if target.action == "update" and len(new) == len(unit.assigned(at)) > 0:
            continue
        table = spell(*target.table)
        verb = "changes" if target.action == "update" else "deletes"
        yield Told(
            at,
            f"it {verb} every row of {table}; where that is meant, say so with WHERE true",
            f"{_with_where(text, table)};",
        )


def _with_where(text: str, table: str) -> str:
    if text.upper().startswith("TRUNCATE"):
        return f"DELETE FROM {table} WHERE true"
    # The condition stands before RETURNING, wherever that is no part of a string.
    for found in re.finditer(
        r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\bRETURNING\b", text, re.IGNORECASE
    ):
        if found[0].upper() == "RETURNING":
            return f"{text[: found.start()].rstrip()} WHERE true {text[found.start() :]}"
    return f"{text} WHERE true"


RULE = Rule("every-row", "UPDATE or DELETE without WHERE", _look)
