"""The requirement that the down brings everything back, and that the up can then run again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..findings import Evidence, Finding, refused, step_place
from .unchanged import compare_states


def judge_round_trip(evidence: Evidence, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Up, rows written, down: schema and rows are the model's. Then the up again. No parameters."""
    if evidence.write_failure is not None:
        yield Finding(
            "new rows, written after the up",
            evidence.write_failure,
            "a row with a value in every column can be written",
        )
    if evidence.after_down is None:
        return
    for finding in compare_states(
        evidence.after_down, evidence.expected.after_down, {}, evidence.show_rows
    ):
        yield Finding(f"{finding.object} after the down", finding.is_, finding.expected)
    failure = evidence.again_failure
    if failure is not None:
        yield Finding(
            f"step {failure.index + 1} of the up, run again after the down",
            refused(failure, evidence.show_rows),
            "up, down and up again run one after the other",
            step_place(failure),
        )
