"""The kinds of requirement: functions from evidence to findings, one file a family."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..findings import Evidence, Finding
from .column import judge_default, judge_nullable, judge_type
from .round_trip import judge_round_trip
from .running import judge_down, judge_up
from .unchanged import judge_unchanged
from .values import judge_values

UP_RUNS = "up-runs"


@dataclass(frozen=True)
class Kind:
    """How a requirement of this kind is judged in one world: no finding means that it holds.

    `parameters` names what the spec must give it, with the type. A kind with `when_stopped` also
    has something to say about the state in which a failing up stopped.
    """

    judge: Callable[[Evidence, Mapping[str, Any]], Iterator[Finding]]
    parameters: Mapping[str, type]
    when_stopped: bool = False


_COLUMN = {"table": str, "column": str}

KINDS: Mapping[str, Kind] = {
    UP_RUNS: Kind(judge_up, {}),
    "column-type": Kind(judge_type, _COLUMN),
    "column-values": Kind(judge_values, _COLUMN, when_stopped=True),
    "column-nullable": Kind(judge_nullable, _COLUMN),
    "column-default": Kind(judge_default, _COLUMN),
    "unchanged": Kind(judge_unchanged, {"except": list}),
    "down-runs": Kind(judge_down, {}),
    "round-trip": Kind(judge_round_trip, {}),
}
