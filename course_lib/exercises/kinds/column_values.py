"""A requirement on the values of one column: in every row that existed, the model's value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from course_lib.counted import counted

from ..findings import Evidence, Finding, value
from ..row_differences import listing, name_row, primary_key
from ..state import Row
from .kind import COLUMN, Kind, Parameters


def judge_column_values(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """Every row of the model has its value in this column.

    Rows are told apart by the model's primary key. Where the up stopped before it was done, what
    it had reached by then is judged; a column that was not there yet is nothing to judge.
    """
    table, column = parameters["table"], parameters["column"]
    model = evidence.expected.after_up
    found, should = evidence.after_up.rows.get(table), model.rows[table]
    if found is None or column not in found.columns:
        return
    key_columns = primary_key(model.schema.tables[table])
    if not set(key_columns) <= set(found.columns):
        # Without the key no row can be told from another; the lost key is a finding elsewhere.
        key_columns = ()
    by_key: dict[Row, list[str | None]] = defaultdict(list)
    for row, text in zip(*_split(found.columns, found.rows, key_columns, column), strict=True):
        by_key[row].append(text)
    wrong, seen = [], set()
    keys, texts = _split(should.columns, should.rows, key_columns, column)
    for row, key, text in zip(should.rows, keys, texts, strict=True):
        actual = by_key.get(key, [])
        if not actual or any(one != text for one in actual):
            other = next((one for one in actual if one != text), None)
            is_ = value(other) if actual else "gone"
            seen.add(is_)
            name = name_row(
                should.columns, row, [should.columns.index(c) for c in key_columns], column
            )
            wrong.append(name if is_ == "NULL" else f"{name}: {is_}")
    if not wrong:
        return
    only = next(iter(seen)) if len(seen) == 1 and evidence.show_rows else "another value"
    rows = f"{only} in {len(wrong)} of {counted(len(should.rows), 'row')}"
    stopped = evidence.up_stop is not None
    wanted = set(texts)
    yield Finding(
        f"{table}.{column}" + (" where the up stopped" if stopped else ""),
        f"{rows}: {listing(wrong)}" if evidence.show_rows else rows,
        f"{value(next(iter(wanted)))} in every row that was there"
        if len(wanted) == 1
        else "in every row that was there the value asked for",
    )


def _split(
    columns: tuple[str, ...], rows: tuple[Row, ...], key_columns: tuple[str, ...], column: str
) -> tuple[list[Row], list[str | None]]:
    places = [columns.index(name) for name in key_columns]
    at = columns.index(column)
    return [tuple(row[i] for i in places) for row in rows], [row[at] for row in rows]


COLUMN_VALUES = Kind(judge_column_values, COLUMN, when_stopped=True)
