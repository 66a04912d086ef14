"""Every attack in Python, on the check itself: no point gained, nothing told that is hidden, and
never a fault, since all of it is the answer's own doing."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

import pytest

from course_lib.exercises import AnswerText, Prepared, Verdict, check_prepared, load_spec, prepare
from tests.exercises.judgement.corpus import spec_of
from tests.grading.hostile_python import (
    ATTACKS,
    HONEST,
    HONEST_LIST,
    LISTS,
    SLOW,
    PythonAttack,
    sleepers,
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system")


@cache
def prepared(name: str) -> Prepared:
    return prepare(load_spec(spec_of(name)), "a secret of this class")


@cache
def honest(name: str, answer: AnswerText) -> int:
    return check_prepared(prepared(name), answer).points


def words(verdict: Verdict) -> str:
    """All that a reader can get to see of a verdict."""
    said = verdict.to_text() + verdict.to_html() + str(verdict.to_json())
    return said.encode("utf-8").decode("utf-8")  # nothing in it that no file can hold


def params(*beginnings: str) -> list[object]:
    """The attacks whose names begin so; those that are only over when time is are for long runs."""
    return [
        pytest.param(one, id=one.name, marks=[pytest.mark.long] if one.name in SLOW else [])
        for one in ATTACKS
        if one.name.startswith(beginnings or ("",))
    ]


@pytest.mark.parametrize("attack", params())
def test_no_attack_gains_a_point(
    attack: PythonAttack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    verdict = check_prepared(prepared("pending"), attack.function)
    assert verdict.fault is None
    assert verdict.points <= (7 if attack.is_right else honest("pending", HONEST))
    assert [*tmp_path.iterdir()] == []
    assert sleepers() == []


@pytest.mark.parametrize("attack", params("hidden-", "printed-", "true"))
def test_no_value_of_a_hidden_call_is_told(attack: PythonAttack) -> None:
    verdict = check_prepared(prepared("pending"), attack.function)
    assert not attack.is_right or verdict.results[-1].state == "failed"  # it was looked at
    said = words(verdict)
    for one in prepared("pending").calls:
        if one.hidden:
            for file in one.call.arguments[0]:
                assert not (len(file) > 12 and file in said), file
            number = int.from_bytes("".join(one.call.arguments[0])[:40].encode(), "big")
            assert str(number) not in said


def test_no_code_of_an_answer_is_code_of_the_page() -> None:
    (attack,) = [one for one in ATTACKS if one.name == "markup"]
    page = check_prepared(prepared("pending"), attack.function).to_html()
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "\x1b" not in page and "\u202e" not in page


@pytest.mark.parametrize("name", LISTS)
def test_no_list_of_operations_gains_a_point_or_is_a_fault(name: str) -> None:
    verdict = check_prepared(prepared("rules-as-operations"), LISTS[name])
    assert verdict.fault is None
    assert verdict.points <= honest("rules-as-operations", HONEST_LIST)
