"""What a function is judged by: what crosses to it, what comes back, and what is told of both."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.exercises import Prepared, check_answer, check_prepared, load_spec, prepare, publish
from course_lib.exercises.box import BoxCall
from course_lib.exercises.calls import making
from course_lib.exercises.calls.dice import Dice
from course_lib.exercises.calls.values import same, shown, told_apart

LESSONS = Path(__file__).parents[3] / "lessons"
SPEC = LESSONS / "08-build-the-runner" / "exercises" / "pending.toml"
EXERCISE = load_spec(SPEC)
RIGHT = str(EXERCISE.solutions[0].answer)
SECRET = "a secret of this class"

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
posix = pytest.mark.skipif(os.name != "posix", reason="the box needs a POSIX system")


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare(EXERCISE, SECRET)


@given(VALUES)
def test_a_value_that_crossed_is_the_same_and_can_be_shown(value: object) -> None:
    assert same(json.loads(json.dumps(value)), value)
    assert len(shown(value)) <= 160
    assert shown(value).encode("utf-8")


@given(VALUES, VALUES)
def test_two_values_are_the_same_both_ways_or_neither(one: object, other: object) -> None:
    assert same(one, other) == same(other, one)
    if json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True):
        assert same(one, other)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (True, 1),
        (1, True),
        ([True], [1]),
        ("1", 1),
        (None, False),
        ([], {}),
        ({}, []),
        ([[1]], [1]),
    ],
)
def test_these_are_not_the_same(found: object, expected: object) -> None:
    assert not same(found, expected)


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_what_is_told_apart_of_two_lists_is_true(found: list[str], expected: list[str]) -> None:
    said = told_apart(found, expected)
    assert ("the same in another order" in said) == (sorted(found) == sorted(expected))


@given(st.text(), st.lists(st.integers(), min_size=1))
def test_dice_give_the_same_for_the_same_secret(secret: str, items: list[int]) -> None:
    first, second = Dice(secret, "call"), Dice(secret, "call")
    assert [first.number(1, 6) for _ in range(9)] == [second.number(1, 6) for _ in range(9)]
    assert sorted(first.shuffled(items)) == sorted(items)
    assert first.one_of(items) in items


def test_dice_of_another_secret_or_call_fall_otherwise() -> None:
    throws = [
        tuple(Dice(secret, what).number(0, 10**9) for _ in range(1))
        for secret in ("a", "b")
        for what in ("call 1", "call 2")
    ]
    assert len({*throws}) == 4


@posix
def test_hidden_calls_are_other_ones_for_another_class(prepared: Prepared) -> None:
    def drawn(ready: Prepared) -> list[tuple[object, ...]]:
        return [one.call.arguments for one in ready.calls if one.hidden]

    again, other = prepare(EXERCISE, SECRET), prepare(EXERCISE, "another secret")
    assert drawn(again) == drawn(prepared) != drawn(other)
    assert len(drawn(other)) == len(drawn(prepared)) == 24


@posix
def test_the_box_is_given_no_result_that_is_expected(
    prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that is handed over: the answer's own text, and the arguments."""
    given_over: list[object] = []
    real = making.call_each

    def seen(code: str, calls: object, **more: object) -> object:
        given_over.append((code, calls))
        return real(code, calls, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "call_each", seen)
    assert check_prepared(prepared, RIGHT).points == 10
    calls = [BoxCall("pending", one.call.arguments) for one in prepared.calls]
    assert given_over == [(RIGHT, calls)]


@posix
@pytest.mark.parametrize(
    ("answer", "is_", "place"),
    [
        ("def pending(files): pass", "takes 1 positional argument but 2 were given", ""),
        ("x = 1", "The answer has no function `pending`", ""),
        (
            "def pending(files, ledger):\n    return 1 / 0",
            "ZeroDivisionError in line 2",
            "Line 2: return 1 / 0",
        ),
        ("def pending(:", "SyntaxError in line 1: invalid syntax", "Line 1: def pending(:"),
        (
            "def pending(files, ledger):\n    while True: pass",
            "It needs more than 2 seconds of computing",
            "",
        ),
        (
            "def pending(files, ledger):\n    return [0] * (1 << 30)",
            "It needs more memory than there is",
            "",
        ),
        (
            "def pending(files, ledger): return {1}",
            "a value of the type set, and a result is made of",
            "",
        ),
        ("def pending(files, ledger): return 'a'", "a text", ""),
        ("import os\ndef pending(files, ledger): os._exit(0)", "Its program ended before", ""),
        ("import duckdb", "ModuleNotFoundError in line 1: No module named 'duckdb'", "Line 1"),
    ],
)
def test_a_mistake_is_told_in_a_sentence_with_its_line(
    prepared: Prepared, answer: str, is_: str, place: str
) -> None:
    verdict = check_prepared(prepared, answer)
    assert (verdict.fault, verdict.points) == (None, 0)
    first = verdict.results[0].differences[0]
    assert is_ in first.is_ and place in first.where
    assert "Traceback" not in verdict.to_text()


@posix
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"\xff\xfe", "not UTF-8"),
        ("", "there is nothing in it"),
        ("#" * 200_000, "the file has 200,000 characters"),
        ({"other": "x"}, "there is nothing in it"),
    ],
)
def test_what_cannot_be_read_fails_the_first_requirement(
    prepared: Prepared, answer: object, words: str
) -> None:
    verdict = check_prepared(prepared, answer)  # type: ignore[arg-type]
    assert verdict.fault is None and verdict.results[0].state == "failed"
    assert words in verdict.results[0].differences[0].is_
    assert {one.state for one in verdict.results[1:]} == {"not_checked"}


@posix
def test_a_hidden_call_is_told_by_its_number_alone(prepared: Prepared) -> None:
    code = RIGHT.replace(
        "    applied =", "    if len(files) > 8: raise KeyError(files)\n    applied ="
    )
    verdict = check_prepared(prepared, code)
    (failed,) = [one for one in verdict.results if one.state == "failed"]
    said = failed.differences[0]
    assert said.object == "`pending`, in further folders"
    assert said.is_.endswith("of 24 calls: `pending` ended with KeyError in line 6")
    revealed = check_prepared(prepared, code, reveal=True).to_text()
    assert "KeyError in line 6: [" in " ".join(revealed.split())


def test_where_there_is_no_box_it_is_a_fault_with_a_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    public = json.loads(json.dumps(publish(EXERCISE)))
    from course_lib.exercises.public import read_public

    monkeypatch.setattr(making.os, "name", "nt")
    verdict = check_answer(read_public(public), RIGHT)
    assert verdict.points == 0 and "open the course in WSL or on Binder" in str(verdict.fault)
