"""CREATE OR REPLACE TABLE: the rows, the indexes and the comments of the table are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...quoting import spell
from ..finding import Rule, Told
from ..unit import Unit, key_of

_REPLACE = re.compile(r"^CREATE OR REPLACE TABLE (?P<name>\S+) ?(?P<rest>.*)$", re.IGNORECASE)


def _look(unit: Unit) -> Iterator[Told]:
    for at, target in unit.with_action("create table"):
        found = _REPLACE.match(unit.texts[at])
        if not found or (
            unit.before is not None and key_of(target.table) not in unit.before.tables
        ):
            continue
        table = spell(*target.table)
        new = spell(*target.table[:-1], f"{target.table[-1]}_new")
        lines = [f"CREATE TABLE {new} {found['rest']};"]
        if not re.match(r"AS\b", found["rest"], re.IGNORECASE):
            lines.append(f"INSERT INTO {new} BY NAME FROM {table};")
        lines.append(f"DROP TABLE {table};")
        lines.append(f"ALTER TABLE {new} RENAME TO {spell(target.table[-1])};")
        yield Told(
            at,
            f"it drops {table} with its rows, indexes and comments, and says nothing",
            "\n".join(lines),
        )


RULE = Rule("create-or-replace-table", "CREATE OR REPLACE TABLE on a table that is there", _look)
