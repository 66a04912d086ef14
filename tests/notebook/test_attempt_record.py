"""The record of checks and hints, read: what a notebook wrote, and what anybody else may write."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.exercises import check_answer, load_spec
from course_lib.notebook.attempt_record import (
    MOST_LINES,
    KeptCheck,
    KeptHint,
    parse_attempts,
)
from course_lib.notebook.attempts import Attempt, append_attempt, append_hint

from .conftest import SOURCE

LINE = {
    "format": 1,
    "at": "2026-11-02T09:00:00Z",
    "exercise": "add-email",
    "answer": "",
    "points": 0,
    "fault": None,
    "requirements": {"runs": "passed", "down": "failed"},
}


def test_what_a_notebook_writes_is_read(tmp_path: Path) -> None:
    spec = load_spec(SOURCE / "exercises" / "add-email.toml")
    right = check_answer(spec, spec.solutions[0].answer)
    append_attempt(tmp_path, Attempt("add-email", {}, None))
    append_hint(tmp_path, "add-email", 2)
    append_attempt(tmp_path, Attempt("add-email", {"001": b"\xff"}, right))
    record = parse_attempts((tmp_path / "answers" / "attempts.jsonl").read_bytes())
    nothing, hint, check = record.lines
    assert record.set_aside == 0
    assert isinstance(nothing, KeptCheck) and not nothing.requirements and not nothing.passed
    assert isinstance(hint, KeptHint) and (hint.exercise, hint.tier) == ("add-email", 2)
    assert isinstance(check, KeptCheck) and check.passed and check.at is not None
    assert abs(datetime.now(UTC) - check.at).total_seconds() < 3600


@pytest.mark.parametrize(
    "changed",
    [
        {"format": 2},
        {"exercise": ""},
        {"exercise": "x" * 101},
        {"exercise": ["add-email"]},
        {"requirements": None},
        {"requirements": {"runs": "perhaps"}},
        {"requirements": {"runs": ["passed"]}},
        {"requirements": {str(number): "passed" for number in range(101)}},
        {"hint": 0},
        {"hint": 10**30},
        {"hint": "3"},
        {"hint": True},
    ],
)
def test_a_foreign_line_is_counted_and_left_aside(changed: dict[str, Any]) -> None:
    content = "\n".join(map(json.dumps, [LINE, LINE | changed, LINE]))
    record = parse_attempts(content.encode())
    assert len(record.lines) == 2 and record.set_aside == 1


@pytest.mark.parametrize("at", [None, 5, "yesterday", "2026-11-02", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_is_none_costs_the_time_alone(at: object) -> None:
    (line,) = parse_attempts(json.dumps(LINE | {"at": at}).encode()).lines
    assert line.at is None


def test_a_record_without_end_is_read_in_part() -> None:
    content = (json.dumps(LINE) + "\n").encode() * (MOST_LINES + 100)
    record = parse_attempts(content)
    assert len(record.lines) == MOST_LINES and record.set_aside == 1


@given(st.lists(st.binary(max_size=40) | st.sampled_from([json.dumps(LINE).encode()])))
def test_bytes_of_any_kind_never_raise(lines: list[bytes]) -> None:
    content = b"\n".join(lines)
    record = parse_attempts(content)
    whole = sum(json.dumps(LINE).encode() == line for line in content.split(b"\n"))
    assert len(record.lines) == whole
