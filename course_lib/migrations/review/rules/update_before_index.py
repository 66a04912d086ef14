"""UPDATE and then CREATE INDEX on what it changed: DuckDB refuses that in one transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...quoting import spell
from ..finding import Rule, Told
from ..unit import Unit, key_of

INDEX = re.compile(
    r'CREATE (?P<unique>UNIQUE )?INDEX (?:IF NOT EXISTS )?(?P<name>"(?:[^"]|"")+"|\w+) ON '
    r'(?P<table>(?:"(?:[^"]|"")+"|[\w.])+) ?(?:USING \w+ ?)?\((?P<what>.+)\)',
    re.IGNORECASE,
)


def index_table(text: str) -> tuple[str, ...] | None:
    """The table of a CREATE INDEX, as parts of its name; None for any other statement."""
    found = INDEX.match(text)
    if found is None:
        return None
    parts = re.findall(r'"(?:[^"]|"")+"|[^."]+', found["table"])
    return tuple(part.strip('"').replace('""', '"') for part in parts)


def next_migration(text: str, down: str) -> str:
    """A statement and its down, as the migration that comes after this one."""
    return (
        f"-- in a migration of its own, after this one:\n-- migrate:up\n{text};\n"
        f"-- migrate:down\n{down};"
    )


def _look(unit: Unit) -> Iterator[Told]:
    if not unit.in_transaction:
        return
    for at, _ in unit.with_action("create index"):
        text = unit.texts[at]
        table, found = index_table(text), INDEX.match(text)
        if table is None or found is None or key_of(table) in unit.made:
            continue
        words = {word.lower() for word in re.findall(r"\w+", found["what"])}
        if any(
            i < at and key_of(target.table) == key_of(table) and words & unit.assigned(i)
            for i, target in unit.with_action("update")
        ):
            yield Told(
                at,
                f"the index {found['name']} is made of values of {spell(*table)} that an UPDATE of"
                " this migration changes, which DuckDB refuses in one transaction; the engine then"
                " copies the database to do it",
                next_migration(text, f"DROP INDEX {found['name']}"),
            )


RULE = Rule("update-before-index", "an UPDATE before CREATE INDEX on what it changes", _look)
