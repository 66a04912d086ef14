"""The requirement that the down brings everything back, and that the up can then run again.

It can be asked as a whole, or its schema and its rows apart, each for points of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from course_lib.migrations import diff

from ..findings import Evidence, Finding, refused, step_name, step_place
from .kind import Kind, Parameters
from .unchanged import compare_states


def judge_round_trip(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """Up, rows written, down: schema and rows are the model's. Then the up again."""
    yield from _differences(evidence, schema=True, rows=True)
    yield from _again(evidence)


def judge_round_trip_schema(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """Up, rows written, down: the schema is the model's. Then the up again."""
    yield from _differences(evidence, schema=True, rows=False)
    yield from _again(evidence)


def judge_round_trip_rows(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """Up, rows written, down: the rows are the model's, those that were written as well."""
    yield from _differences(evidence, schema=False, rows=True)


def _differences(evidence: Evidence, *, schema: bool, rows: bool) -> Iterator[Finding]:
    if rows and evidence.write_failure is not None:
        yield Finding(
            "new rows, written after the up",
            evidence.write_failure,
            "a row with a value in every column can be written",
        )
    found, should = evidence.after_down, evidence.expected.after_down
    if should is None:
        return
    if found is None:
        yield _no_way_back(evidence)
        return
    objects = {difference.object for difference in diff(found.schema, should.schema)}
    lost = {name for name in should.rows if name not in found.rows}
    for finding in compare_states(found, should, frozenset(), evidence.show_rows):
        if schema if finding.object in objects else rows:
            yield Finding(f"{finding.object} after the down", finding.is_, finding.expected)
    if rows and not schema:
        for name in sorted(lost):
            yield Finding(f"rows of {name} after the down", "gone with their table", "its rows")


def _no_way_back(evidence: Evidence) -> Finding:
    """Which step of the down was refused, or that there is none."""
    expected = "a down of each migration, which runs"
    stop = evidence.down_stop
    if stop is None:
        return Finding("the way back", "it never came to its end", expected)
    is_ = refused(stop, evidence.show_rows)
    return Finding(step_name(stop, "down"), is_, expected, step_place(stop))


def _again(evidence: Evidence) -> Iterator[Finding]:
    stop = evidence.again_stop
    if stop is not None:
        yield Finding(
            f"{step_name(stop, 'up')}, run again after the down",
            refused(stop, evidence.show_rows),
            "up, down and up again run one after the other",
            step_place(stop),
        )


ROUND_TRIP = Kind(judge_round_trip, needs_down=True)
ROUND_TRIP_SCHEMA = Kind(judge_round_trip_schema, needs_down=True)
ROUND_TRIP_ROWS = Kind(judge_round_trip_rows, needs_down=True)
