"""The record of checks and hints, read: anybody may have written it, so nothing of it is trusted.

`attempts.py` writes it. A line that is corrupt or foreign is counted and left aside.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeGuard

from .attempts import FORMAT

STATES = ("passed", "failed", "not_checked")
LONGEST_NAME = 100
MOST_REQUIREMENTS = 100
MOST_LINES = 20_000
"""Lines that are read; the rest of a longer record is left aside."""


@dataclass(frozen=True)
class KeptCheck:
    """One run of a check: the state of each requirement, none where there was no answer or the
    check failed itself. `at` is None where the line's time is none."""

    exercise: str
    at: datetime | None
    requirements: Mapping[str, str]

    @property
    def passed(self) -> bool:
        """Whether all requirements were met."""
        states = self.requirements.values()
        return bool(states) and all(state == "passed" for state in states)


@dataclass(frozen=True)
class KeptHint:
    """One hint that was given, of a tier from 1."""

    exercise: str
    at: datetime | None
    tier: int


@dataclass(frozen=True)
class AttemptRecord:
    """What a record holds, oldest first, and how many lines were left aside."""

    lines: tuple[KeptCheck | KeptHint, ...] = ()
    set_aside: int = 0


def parse_attempts(content: bytes) -> AttemptRecord:
    """Read the bytes of a record. Never raises."""
    lines = [line for line in content.split(b"\n", MOST_LINES) if line.strip()]
    read = [line for line in map(_line, lines) if line is not None]
    return AttemptRecord(tuple(read), len(lines) - len(read))


def _line(text: bytes) -> KeptCheck | KeptHint | None:
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        return None
    exercise, at = raw.get("exercise"), _time(raw.get("at"))
    if not _is_name(exercise):
        return None
    tier = raw.get("hint")
    if tier is not None:
        return KeptHint(exercise, at, tier) if type(tier) is int and 1 <= tier <= 9 else None
    states = raw.get("requirements")
    if not isinstance(states, dict) or len(states) > MOST_REQUIREMENTS:
        return None
    if not all(_is_name(name) and state in STATES for name, state in states.items()):
        return None
    return KeptCheck(exercise, at, states)


def _is_name(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME


def _time(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
        return at.astimezone(UTC) if at is not None and at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
