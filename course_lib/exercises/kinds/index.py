"""The requirement that there is an index on some columns."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Evidence, Finding
from .kind import TABLE, TEXTS, Kind, Parameters
from .tables import absent_table, index_columns


def judge_index(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """An index on exactly these columns, or expressions, in this order; its name is free."""
    table, wanted = parameters["table"], tuple(parameters["columns"])
    found = evidence.after_up.schema.tables.get(table)
    if found is None:
        yield absent_table(table)
    elif wanted not in [index_columns(index) for index in found.indexes]:
        there = [f"{i.name} on ({', '.join(index_columns(i))})" for i in found.indexes]
        yield Finding(
            f"index of {table} on ({', '.join(wanted)})",
            f"only {' and '.join(there)}" if there else "not there",
            "an index on these columns, in this order",
        )


INDEX = Kind(judge_index, {**TABLE, "columns": TEXTS})
