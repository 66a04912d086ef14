"""Whether a step renames a table that has a foreign key, which DuckDB does wrong.

DuckDB 2.0 leaves the old name with the table that it refers to: from then on nobody can delete a
row of that table, nor drop it. A shadow lands the table under its new name instead of renaming it,
so there nothing is left behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import duckdb

from .describe import plain, read_target
from .migration import Step
from .names import HERE
from .table_parser import parse_table

_REFERS = re.compile(r"\bREFERENCES\b", re.IGNORECASE)


def renames_a_child(con: duckdb.DuckDBPyConnection, steps: Iterable[Step]) -> bool:
    """Whether one of these SQL steps renames a table with a foreign key, made by them or before."""
    targets = [(read_target(step), plain(step.sql)) for step in steps if step.run is None]
    renamed = {
        target.table[-1].lower()
        for target, _ in targets
        if target and target.action == "rename table"
    }
    if not renamed:
        return False
    made = {
        target.table[-1].lower()
        for target, text in targets
        if target and target.action == "create table" and _REFERS.search(text)
    }
    there = con.execute(
        f"SELECT schema_name, table_name, sql FROM duckdb_tables() WHERE {HERE} AND NOT temporary"
    ).fetchall()
    children = {
        name.lower() for *home, name, sql in there if parse_table(*home, name, sql).foreign_keys()
    }
    return not renamed.isdisjoint(made | children)
