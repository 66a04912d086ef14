"""DROP INDEX and then DROP COLUMN or TYPE of an indexed column: refused in one transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...quoting import spell
from ..finding import Rule, Told
from ..unit import Unit


def _look(unit: Unit) -> Iterator[Told]:
    if not unit.in_transaction:
        return
    dropped = {target.table[-1].lower(): i for i, target in unit.with_action("drop index")}
    for at, target in unit.with_action("drop column", "change type"):
        table = unit.table(target.table)
        if table is None or not target.column:
            continue
        order = [column.name for column in table.columns]
        column = target.column.lower()
        for index in table.indexes:
            words = {word.lower() for word in re.findall(r"\w+", index.expressions)} & set(order)
            # Dropping a column to the left moves the indexed one.
            moved = (
                target.action == "drop column"
                and column in order
                and any(order.index(word) > order.index(column) for word in words)
            )
            if dropped.get(index.name, at) < at and (column in words or moved):
                yield Told(
                    at,
                    f"the index {index.name} and the column {spell(*target.table)}."
                    f"{spell(target.column)} that it hangs on change in one transaction, which"
                    " DuckDB refuses; the engine then copies the database to do it",
                    f"-- in a migration of its own, after this one:\n{unit.texts[at]};",
                )


RULE = Rule(
    "drop-index-with-column", "DROP INDEX and a change of its column in one transaction", _look
)
