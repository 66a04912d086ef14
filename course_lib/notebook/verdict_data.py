"""A verdict as data in a check's output: written when grading, read from the graded notebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from course_lib.exercises import Difference, Result, Verdict

MIME = "application/vnd.updown.verdict+json"
"""Stands beside text/plain, from which nbgrader has the points, and text/html, which pages show."""

FORMAT = 1
STATES = ("passed", "failed", "not_checked")


@dataclass(frozen=True)
class VerdictData:
    """What a check cell says as data: of which exercise, and the verdict; None where there was no
    answer to judge."""

    exercise: str
    verdict: Verdict | None


def verdict_data(exercise: str, verdict: Verdict | None) -> dict[str, Any]:
    """What stands in the output under `MIME`: a JSON object of plain values."""
    told = None if verdict is None else verdict.to_json()
    return {"format": FORMAT, "exercise": exercise, "verdict": told}


def read_verdict_data(raw: Any) -> VerdictData | str:
    """What `verdict_data` wrote, or why it is not that. The reasons of requirements and what was
    seen of those that passed are in the spec and on the page, and not in the data."""
    try:
        if raw["format"] != FORMAT:
            return f"its verdict is of format {raw['format']!r:.20}, and {FORMAT} is read here"
        told = raw["verdict"]
        return VerdictData(_text(raw["exercise"]), None if told is None else _verdict(told))
    except (KeyError, TypeError, ValueError, AttributeError):
        return "its verdict is not whole"


def _verdict(raw: dict[str, Any]) -> Verdict:
    tried: Literal["call", "database"] = "call" if "calls" in raw else "database"
    fault = raw["fault"]
    return Verdict(
        exercise=_text(raw["exercise"]),
        title=_text(raw["title"]),
        points=_number(raw["points"]),
        max_points=_number(raw["max_points"]),
        fault=None if fault is None else _text(fault),
        results=tuple(map(_result, raw["requirements"])),
        databases=_number(raw[f"{tried}s"]),
        further_databases=_number(raw[f"further_{tried}s"]),
        tried=tried,
    )


def _result(raw: dict[str, Any]) -> Result:
    state = raw["state"]
    if state not in STATES:
        raise ValueError(state)
    return Result(
        id=_text(raw["id"]),
        title=_text(raw["title"]),
        reason="",
        state=state,
        points=_number(raw["points"]),
        max_points=_number(raw["max_points"]),
        differences=tuple(map(_difference, raw["differences"])),
    )


def _difference(raw: dict[str, Any]) -> Difference:
    names = ("object", "is", "expected", "consequence", "where")
    return Difference(*(_text(raw[name]) for name in names))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value
