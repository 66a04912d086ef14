"""RENAME of a table with a foreign key: DuckDB leaves the old name with the table it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...quoting import spell
from ..finding import Rule, Told
from ..unit import Unit, key_of

_REFERS = re.compile(r"\bREFERENCES (?P<table>[\w.\"]+)", re.IGNORECASE)
_NEW = re.compile(r'\bRENAME TO (?P<name>"(?:[^"]|"")+"|\w+)$', re.IGNORECASE)


def _look(unit: Unit) -> Iterator[Told]:
    made = {key_of(target.table): i for i, target in unit.with_action("create table")}
    for at, target in unit.with_action("rename table"):
        key, new = key_of(target.table), _NEW.search(unit.texts[at])
        table = unit.table(target.table)
        parents = (
            [one.references.partition("(")[0] for one in table.constraints if one.references]
            if table
            else []
        )
        if key in made and made[key] < at:
            parents = [found["table"] for found in _REFERS.finditer(unit.texts[made[key]])]
        if parents and new:
            name = spell(*target.table)
            yield Told(
                at,
                f"{name} refers to {parents[0]}, and where DuckDB renames such a table, nobody can"
                f" delete from {parents[0]} any more; the engine copies the database to do it",
                "-- in a migration of Python:\n"
                f"operations = [rename_table({name!r}, {new['name'].strip(chr(34))!r})]",
            )


RULE = Rule("renamed-child", "RENAME of a table that refers to another by a foreign key", _look)
