"""The requirement that no two rows have the same values in some columns."""

from __future__ import annotations

from collections.abc import Iterator

from course_lib.migrations import Table

from ..findings import Evidence, Finding
from .kind import TABLE, TEXTS, Kind, Parameters
from .tables import absent_table, index_columns


def judge_unique(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The database holds the columns unique, by a key, a UNIQUE or a unique index."""
    table, columns = parameters["table"], sorted(parameters["columns"])
    found = evidence.after_up.schema.tables.get(table)
    if found is None:
        yield absent_table(table)
    elif columns not in _unique(found):
        yield Finding(
            f"{table} ({', '.join(parameters['columns'])})",
            _instead(found),
            "a UNIQUE, a unique index or a primary key on exactly these columns",
        )


def _unique(table: Table) -> list[list[str]]:
    keys = [c.columns for c in table.constraints if c.kind in ("PRIMARY KEY", "UNIQUE")]
    indexes = [index_columns(index) for index in table.indexes if index.unique]
    return [sorted(columns) for columns in (*keys, *indexes)]


def _instead(table: Table) -> str:
    """What is there in its place, since an index that is not unique is easily taken for one."""
    others = [index.name for index in table.indexes if not index.unique]
    return f"only an index that is not unique, {others[0]}" if others else "may hold a value twice"


UNIQUE = Kind(judge_unique, {**TABLE, "columns": TEXTS})
