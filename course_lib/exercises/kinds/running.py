"""The requirements that the up runs, and that there is a down which runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course_lib.migrations import Migration

from ..findings import Evidence, Finding, refused, step_name, step_place
from ..row_differences import listing, name_row, primary_key
from .kind import Kind, Parameters

_NO_VALUE = re.compile(r"NOT NULL constraint failed: (?:\w+\.)*(\w+)\.(\w+), and")


def judge_up(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The up runs, in one transaction or else statement by statement."""
    stop = evidence.up_stop
    if stop is not None:
        yield Finding(
            step_name(stop, "up"),
            refused(stop, evidence.show_rows) + _without_value(evidence, stop.failure.error),
            "every step runs on every database, empty or full",
            step_place(stop),
        )


def judge_down(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """There is a down, and it runs on a database that has been used since."""
    several = len(evidence.task.migrations) > 1
    back = {asked.name for asked in evidence.task.reversible}
    for migration in evidence.answer.migrations:
        if migration.name in back and migration.down is None:
            name = f"the down of {migration.name}" if several else "the down"
            is_, should = _no_down(migration)
            yield Finding(name, is_, should)
    stop = evidence.down_stop
    if stop is not None:
        yield Finding(
            step_name(stop, "down"),
            refused(stop, evidence.show_rows),
            "every step of the down runs, also after rows have been written",
            step_place(stop),
        )


def _no_down(migration: Migration) -> tuple[str, str]:
    if migration.irreversible and migration.file.endswith(".py"):
        return f"there is none: {migration.irreversible}", "operations that can be taken back"
    is_ = "there is no statement under a line `-- migrate:down`"
    return is_, "statements that take the change back"


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


UP_RUNS = Kind(judge_up)
DOWN_RUNS = Kind(judge_down, needs_down=True)
