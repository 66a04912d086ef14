"""The requirement that the rows of a table are all still there, with their values."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Evidence, Finding
from ..row_differences import compare_rows, primary_key
from ..state import Rows
from .kind import TABLE, TEXTS, Kind, Parameters
from .tables import absent_table, model_table


def judge_rows_kept(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """In `columns` every row of the table has the model's values, and there are no others."""
    table, columns = parameters["table"], parameters["columns"]
    key = primary_key(model_table(evidence, table))
    found, should = evidence.after_up.rows.get(table), evidence.expected.after_up.rows[table]
    if found is None:
        yield absent_table(table)
        return
    lacking = [column for column in columns if column not in found.columns]
    if lacking:
        yield Finding(f"{table}.{lacking[0]}", "not there", "a column with the values of its rows")
        return
    is_, wanted = _only(found, columns), _only(should, columns)
    yield from compare_rows(f"rows of {table}", key, is_, wanted, evidence.show_rows)


def _only(rows: Rows, columns: list[str]) -> Rows:
    return rows.without(frozenset(rows.columns) - set(columns))


ROWS_KEPT = Kind(judge_rows_kept, {**TABLE, "columns": TEXTS})
