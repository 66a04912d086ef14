"""The requirements that the up runs, and that there is a down which runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..findings import Evidence, Finding, refused, step_name, step_place
from ..row_differences import listing, name_row, primary_key

_NO_VALUE = re.compile(r"NOT NULL constraint failed: (?:\w+\.)*(\w+)\.(\w+), and")


def judge_up(evidence: Evidence, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """The up runs, in one transaction or else statement by statement. No parameters."""
    failure = evidence.up_failure
    if failure is not None:
        yield Finding(
            step_name(failure, "up"),
            refused(failure, evidence.show_rows) + _without_value(evidence, failure.error),
            "every step runs on every database, empty or full",
            step_place(failure),
        )


def judge_down(evidence: Evidence, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """There is a down, and it runs on a database that has been used since. No parameters."""
    failure = evidence.down_failure
    if not evidence.has_down:
        yield Finding(
            "the down",
            "there is no statement under a line `-- migrate:down`",
            "statements that take the change back",
        )
    elif failure is not None:
        yield Finding(
            step_name(failure, "down"),
            refused(failure, evidence.show_rows),
            "every step of the down runs, also after rows have been written",
            step_place(failure),
        )


def _without_value(evidence: Evidence, error: str) -> str:
    """Which rows have no value, where that is why the up stopped: `: id 3 (name '')`."""
    found = _NO_VALUE.search(error)
    rows = evidence.after_up.rows.get(found[1]) if found else None
    if not found or rows is None or found[2] not in rows.columns or not evidence.show_rows:
        return ""
    at = rows.columns.index(found[2])
    keys = primary_key(evidence.after_up.schema.tables[found[1]])
    places = [rows.columns.index(name) for name in keys]
    empty = [name_row(rows.columns, row, places, found[2]) for row in rows.rows if row[at] is None]
    return f": {listing(empty)}" if empty else ""
