"""First tries then and now: what counts as gained, and what later tries do not change."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from course_lib.quiz import OneChoice, Option, Quiz, State, compare_first_tries

AT = datetime(2026, 11, 25, tzinfo=UTC)
OPTIONS = (Option("a", "A", "why a", False, "m"), Option("b", "B", "why b", True, None))
THEN = Quiz("q", "Then", tuple(OneChoice(n, f"{n} then?", n, OPTIONS) for n in ("x", "y", "z")))
NOW = Quiz("q", "Now", tuple(OneChoice(n, f"{n} now?", n, OPTIONS) for n in ("y", "x", "new")))


def after(quiz: Quiz, *picks: str) -> State:
    """`xa` answers x with a."""
    state = State(quiz)
    for question, option in picks:
        state = state.pick(question, (option,), AT)
    return state


def test_a_question_missed_then_and_right_now_is_gained() -> None:
    compared = compare_first_tries(after(THEN, "xa", "yb", "za"), after(NOW, "xb", "ya"))
    assert [one.stem for one in compared.questions] == ["y now?", "x now?"]
    assert [(one.gained, one.lost) for one in compared.questions] == [(False, True), (True, False)]
    assert (compared.right_then(), compared.right_now(), compared.open_now()) == (1, 1, 0)


def test_only_first_tries_count_on_both_sides() -> None:
    compared = compare_first_tries(after(THEN, "xa", "xb"), after(NOW, "xa", "xb"))
    (_, x) = compared.questions
    assert not x.gained and not x.lost
    assert (compared.right_then(), compared.right_now()) == (0, 0)


def test_what_was_not_answered_is_neither_gained_nor_lost() -> None:
    compared = compare_first_tries(after(THEN, "xb"), after(NOW, "yb"))
    assert [one for one in compared.questions if one.gained or one.lost] == []
    assert (compared.answered_then(), compared.open_now()) == (1, 1)


picks = st.lists(st.tuples(st.sampled_from("xy"), st.sampled_from("ab")).map("".join), max_size=6)


@given(picks, picks)
def test_what_is_right_now_is_what_was_right_then_and_gained_and_new_less_what_was_lost(
    then: list[str], now: list[str]
) -> None:
    compared = compare_first_tries(after(THEN, *then), after(NOW, *now))
    ones = compared.questions
    gained = sum(one.gained for one in ones)
    lost = sum(one.lost for one in ones)
    new = sum(one.then is None and one.now is not None and one.now.right for one in ones)
    gone = sum(one.now is None and one.then is not None and one.then.right for one in ones)
    assert compared.right_now() == compared.right_then() + gained + new - lost - gone
