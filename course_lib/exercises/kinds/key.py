"""The requirement that a table has the primary key that it should have."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Evidence, Finding
from ..row_differences import primary_key
from .kind import TABLE, Kind, Parameters
from .tables import absent_table, model_table


def judge_key(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The table's primary key is the model's, its columns in any order."""
    table = parameters["table"]
    should = primary_key(model_table(evidence, table))
    found = evidence.after_up.schema.tables.get(table)
    if found is None:
        yield absent_table(table)
    elif sorted(primary_key(found)) != sorted(should):
        yield Finding(f"primary key of {table}", _words(primary_key(found)), _words(should))


def _words(columns: tuple[str, ...]) -> str:
    return f"({', '.join(columns)})" if columns else "none"


KEY = Kind(judge_key, TABLE)
