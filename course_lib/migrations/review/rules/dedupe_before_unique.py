"""DELETE of duplicates and then a unique index or key: the index still sees the deleted rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...quoting import spell
from ..finding import Rule, Told
from ..unit import Unit, key_of
from .update_before_index import INDEX, index_table, next_migration

_KEY = re.compile(
    r"ALTER TABLE (?:IF EXISTS )?(?P<table>.+?) ADD (?:CONSTRAINT \S+ )?(?:UNIQUE|PRIMARY KEY)\b",
    re.IGNORECASE,
)


def _look(unit: Unit) -> Iterator[Told]:
    if not unit.in_transaction:
        return
    deleted = {key_of(target.table): i for i, target in unit.with_action("delete")}
    for at, text in enumerate(unit.texts):
        table = _unique_on(text)
        if table is not None and deleted.get(key_of(table), at) < at:
            index = INDEX.match(text)
            down = f"DROP INDEX {index['name']}" if index else "-- the table made anew without it"
            yield Told(
                at,
                f"rows of {spell(*table)} are deleted and a unique index or key is made in one"
                " transaction, and DuckDB still counts the deleted rows as duplicates; the engine"
                " then copies the database to do it",
                next_migration(text, down),
            )


def _unique_on(text: str) -> tuple[str, ...] | None:
    index = INDEX.match(text)
    if index:
        return index_table(text) if index["unique"] else None
    key = _KEY.match(text)
    if key is None:
        return None
    parts = re.findall(r'"(?:[^"]|"")+"|[^."]+', key["table"])
    return tuple(part.strip('"').replace('""', '"') for part in parts)


RULE = Rule("dedupe-before-unique", "a DELETE before a unique index or key on its table", _look)
