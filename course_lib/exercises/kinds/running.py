"""The requirements that the up runs, and that there is a down which runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..findings import Evidence, Finding, refused, step_name, step_place


def judge_up(evidence: Evidence, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """The up runs, in one transaction or else statement by statement. No parameters."""
    failure = evidence.up_failure
    if failure is not None:
        yield Finding(
            step_name(failure, "up"),
            refused(failure, evidence.show_rows),
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
