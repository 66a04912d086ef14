"""A verdict as data: what is written is read again, and what is not of that form is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter

from course_lib.exercises import check_answer, load_spec
from course_lib.exercises.verdict import Difference, Result, Verdict
from course_lib.notebook import Lesson, check
from course_lib.notebook.migration_cell import migration_cell
from course_lib.notebook.verdict_data import MIME, VerdictData, read_verdict_data, verdict_data

from .conftest import SOURCE, THREE_STATEMENTS
from .test_live_check import NAME, course  # noqa: F401  a fixture

NUMBERS = st.integers(0, 100)
DIFFERENCES = st.builds(Difference, *[st.text(max_size=8)] * 5)
RESULTS = st.builds(
    Result,
    id=st.text(max_size=8),
    title=st.text(max_size=8),
    reason=st.just(""),
    state=st.sampled_from(["passed", "failed", "not_checked"]),
    points=NUMBERS,
    max_points=NUMBERS,
    differences=st.lists(DIFFERENCES, max_size=3).map(tuple),
)
VERDICTS = st.builds(
    Verdict,
    exercise=st.text(max_size=8),
    title=st.text(max_size=8),
    points=NUMBERS,
    max_points=NUMBERS,
    fault=st.none() | st.text(max_size=8),
    results=st.lists(RESULTS, max_size=3).map(tuple),
    databases=NUMBERS,
    further_databases=NUMBERS,
    tried=st.sampled_from(["database", "call"]),
)
JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(VERDICTS)
def test_what_is_written_is_read_again(verdict: Verdict) -> None:
    kept = json.loads(json.dumps(verdict_data("one", verdict)))
    assert read_verdict_data(kept) == VerdictData("one", verdict)


@given(VERDICTS, st.sampled_from(["format", "exercise", "verdict"]), JSON)
def test_what_is_of_another_form_is_a_sentence(verdict: Verdict, key: str, value: Any) -> None:
    kept = verdict_data("one", verdict) | {key: value}
    assert isinstance(read_verdict_data(kept), VerdictData | str)
    assert isinstance(read_verdict_data(value), str)


def test_a_verdict_of_a_real_check_is_read_again() -> None:
    spec = load_spec(SOURCE / "exercises" / "add-email.toml")
    wrong = spec.wrong_answers[0]
    verdict = check_answer(spec, wrong.answer, secret="a secret")
    read = read_verdict_data(json.loads(json.dumps(verdict_data("add-email", verdict))))
    assert isinstance(read, VerdictData) and read.verdict is not None
    failed = {one.id: one.differences for one in read.verdict.results if one.state == "failed"}
    assert failed == {
        one.id: one.differences for one in verdict.results if one.state == "failed"
    } and set(failed) == {wrong.fails, *wrong.also}


@pytest.mark.usefixtures("course")
def test_only_what_grading_shows_holds_it(lesson: Lesson) -> None:
    def kinds(hidden: bool) -> dict[str, Any]:
        data, _ = DisplayFormatter().format(check("add-email", hidden=hidden))
        return dict(data)

    assert kinds(hidden=True)[MIME] == {"format": 1, "exercise": "add-email", "verdict": None}
    migration_cell(lesson, NAME, THREE_STATEMENTS)
    assert set(kinds(hidden=False)) == {"text/plain", "text/html"}
    graded = kinds(hidden=True)
    assert set(graded) == {"text/plain", "text/html", MIME}
    assert graded["text/plain"] == "10.0" and graded[MIME]["verdict"]["points"] == 10
