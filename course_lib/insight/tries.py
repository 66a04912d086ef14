"""How many checks it took, and how long: from one learner's own record. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from course_lib.notebook.attempt_record import KeptCheck

PAUSE = timedelta(minutes=15)
"""Of a longer time between two checks only this much counts as work."""


def first_pass(checks: Sequence[KeptCheck], requirement: str | None = None) -> int | None:
    """Which check, from 1, was the first that passed this requirement, or all; None for none."""
    for place, one in enumerate(checks, start=1):
        if one.passed if requirement is None else one.requirements.get(requirement) == "passed":
            return place
    return None


def working_minutes(times: Iterable[datetime | None]) -> float | None:
    """Minutes of work between the first and the last of these, without the long pauses; None where
    fewer than two are known."""
    known = [time for time in times if time is not None]
    if len(known) < 2:
        return None
    gaps = [after - before for before, after in pairwise(known)]
    counted = [min(max(gap, timedelta()), PAUSE) for gap in gaps]
    return sum(counted, timedelta()).total_seconds() / 60
