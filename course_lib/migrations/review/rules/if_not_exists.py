"""IF NOT EXISTS: where something else has the name, it stays, and nobody is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Rule, Told
from ..unit import Unit

_HIDES = re.compile(
    r"^(?P<head>CREATE (?:TEMP(?:ORARY)? |UNIQUE )?"
    r"(?:TABLE|SCHEMA|INDEX|VIEW|SEQUENCE|TYPE|MACRO|FUNCTION)"
    r'|ALTER TABLE (?:IF EXISTS )?(?:"(?:[^"]|"")+"|[\w.])+ ADD(?: COLUMN)?) IF NOT EXISTS ',
    re.IGNORECASE,
)


def _look(unit: Unit) -> Iterator[Told]:
    for at, text in enumerate(unit.texts):
        found = _HIDES.match(text)
        if found:
            yield Told(
                at,
                "where something else has this name already, DuckDB does nothing and says nothing,"
                " and the migration counts as applied; without IF NOT EXISTS it stops",
                f"{found['head']} {text[found.end() :]};",
            )


RULE = Rule("if-not-exists", "IF NOT EXISTS that hides what is there already", _look)
