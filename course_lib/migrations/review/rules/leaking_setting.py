"""SET, USE, files and extensions: what no rollback takes back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Rule, Told
from ..unit import Unit

_DOES = {
    "SET": "a setting stays when the migration is rolled back; leave it out",
    "PRAGMA": "a setting stays when the migration is rolled back",
    "ATTACH": "a migration that needs another file runs on this machine alone",
    "DETACH": "a migration that needs another file runs on this machine alone",
    "COPY": "a file that is written stays when the migration is rolled back, and one that is read"
    " has to be on every machine",
    "EXPORT": "files that are written stay when the migration is rolled back",
    "LOAD": "an extension has to be installed on every machine first",
}
_USE = re.compile(r"^USE |^SET (?:SESSION |LOCAL )?(?:schema|search_path)\b", re.IGNORECASE)


def _look(unit: Unit) -> Iterator[Told]:
    for at, step in enumerate(unit.steps):
        does = _DOES.get(step.kind)
        if does is None:
            continue
        if _USE.match(unit.texts[at]):
            yield Told(
                at,
                "it changes where the names below it are looked for, up to the end of this"
                " migration; write the schema before each name",
            )
        else:
            yield Told(at, does)


RULE = Rule("leaking-setting", "SET, USE, ATTACH, COPY or LOAD in a migration", _look)
