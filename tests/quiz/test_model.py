"""The pure model: what a pick does, when the right option is due, what the score says."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from course_lib.quiz import OneChoice, Option, Quiz, State, UnknownPick, page_of

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def question(name: str) -> OneChoice:
    return OneChoice(
        id=name,
        stem=f"What about {name}?",
        topic=f"the topic of {name}",
        options=(
            Option("a", f"{name} first", f"{name}: why not the first", False, "belief one"),
            Option("b", f"{name} second", f"{name}: why the second", True, None),
            Option("c", f"{name} third", f"{name}: why not the third", False, "belief two"),
        ),
    )


QUIZ = Quiz("two", "Two questions", (question("one"), question("other")))


def after(*picks: tuple[str, str]) -> State:
    state = State(QUIZ)
    for question_id, option_id in picks:
        state = state.pick(question_id, (option_id,), NOON)
    return state


def test_a_pick_gives_a_new_state_and_leaves_the_old_one_alone() -> None:
    start = State(QUIZ)
    picked = start.pick("one", ("a",), NOON)
    assert start.answers == ()
    assert [(a.question, a.given, a.right, a.try_number) for a in picked.answers] == [
        ("one", ("a",), False, 1)
    ]


def test_tries_are_counted_for_each_question_on_its_own() -> None:
    state = after(("one", "a"), ("other", "b"), ("one", "b"))
    assert [answer.try_number for answer in state.answers] == [1, 1, 2]


def test_one_miss_shows_its_own_explanation_and_keeps_the_right_option_hidden() -> None:
    page = page_of(after(("one", "a")))
    first = page["questions"][0]
    assert [option["mark"] for option in first["parts"]] == ["missed", "open", "open"]
    assert first["parts"][0]["explanation"] == "one: why not the first"
    assert first["said"].startswith("Not right.") and "one: why not the first" in first["said"]
    assert "why the second" not in json.dumps(page)


def test_the_page_of_a_fresh_quiz_holds_nothing_that_tells_options_apart() -> None:
    page = page_of(State(QUIZ))
    for shown in page["questions"]:
        rest = [{k: v for k, v in o.items() if k not in ("id", "text")} for o in shown["parts"]]
        assert rest == [{"mark": "open", "explanation": None}] * 3
    assert "why" not in json.dumps(page) and "belief" not in json.dumps(page)


@pytest.mark.parametrize("picks", [("a", "c"), ("a", "a")])
def test_the_second_miss_shows_the_right_option_with_its_explanation(picks: tuple[str]) -> None:
    shown = page_of(after(*(("one", pick) for pick in picks)))["questions"][0]
    assert shown["parts"][1]["mark"] == "right"
    assert shown["parts"][1]["explanation"] == "one: why the second"
    assert "one second: one: why the second" in shown["said"]


def test_a_right_pick_leaves_the_options_that_were_not_tried_unexplained() -> None:
    shown = page_of(after(("one", "b")))["questions"][0]
    assert [option["mark"] for option in shown["parts"]] == ["open", "right", "open"]
    assert shown["verdict"] == "Right, at the first try."


def test_a_question_can_be_tried_again_after_it_was_right() -> None:
    shown = page_of(after(("one", "b"), ("one", "c")))["questions"][0]
    assert shown["given"] == ["c"] and not shown["right"]
    assert [option["mark"] for option in shown["parts"]] == ["open", "right", "missed"]


def test_the_score_comes_once_every_question_is_settled_and_counts_first_tries() -> None:
    assert after(("one", "a"), ("other", "b")).score() is None
    score = after(("one", "a"), ("other", "b"), ("one", "b")).score()
    assert score is not None
    assert (score.first_tries_right, score.questions) == (1, 2)
    assert [one.topic for one in score.look_again] == ["the topic of one"]


def test_later_tries_never_change_the_score() -> None:
    done = after(("one", "b"), ("other", "b"))
    assert done.pick("one", ("a",), NOON).pick("one", ("c",), NOON).score() == done.score()


@pytest.mark.parametrize("pick", [("one", "z"), ("gone", "a")])
def test_a_pick_of_something_the_quiz_lacks_is_refused(pick: tuple[str, str]) -> None:
    with pytest.raises(UnknownPick, match=pick[1] if pick[0] == "one" else pick[0]):
        State(QUIZ).pick(pick[0], (pick[1],), NOON)


def test_what_was_sure_and_wrong_stands_first_in_what_to_look_at_again() -> None:
    state = State(QUIZ)
    for name, sure in (("one", None), ("other", True)):
        for option in ("a", "b"):
            state = state.pick(name, (option,), NOON, sure=sure, seconds=3)
    page = page_of(state)
    assert [again["topic"] for again in page["look_again"]] == [
        "the topic of other (you were sure here)",
        "the topic of one",
    ]
    assert page["ending"] == []


def test_only_a_quiz_without_a_miss_has_its_ending() -> None:
    assert page_of(after(("one", "b")))["ending"] == []
    perfect = after(("one", "b"), ("other", "b"))
    assert page_of(perfect)["ending"] == ["🏆 You crushed it!", "Perfect score on this module."]
    assert page_of(perfect.pick("one", ("a",), NOON))["ending"] != []
