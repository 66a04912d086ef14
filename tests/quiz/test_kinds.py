"""The kinds without a page: what is right, what explains itself, what stays hidden until due."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.quiz import (
    KINDS,
    Question,
    Quiz,
    RunFault,
    State,
    UnknownPick,
    page_of,
    page_to_html,
    page_to_text,
    read_bank,
)
from course_lib.quiz.kinds.number import Number
from course_lib.quiz.kinds.order import Order, OrderedStep
from course_lib.quiz.kinds.predict import Predict
from course_lib.quiz.kinds.typed import to_number
from course_lib.quiz.run import run_texts

BANK = Path(__file__).parents[2] / "lessons" / "04-adding-a-column" / "quiz.toml"
QUESTIONS = {question.id: question for quiz in read_bank(BANK) for question in quiz.questions}
AT = datetime(2026, 11, 25, tzinfo=UTC)


def state_of(question: Question, *answers: list[str]) -> State:
    state = State(Quiz("q", "Q", (question,)))
    for answer in answers:
        state = state.pick(question.id, answer, AT)
    return state


def texts(question: Question, *answers: list[str]) -> list[str]:
    page = page_of(state_of(question, *answers))
    return [json.dumps(page, ensure_ascii=False), page_to_text(page), page_to_html(page)]


def test_the_lesson_has_a_question_of_every_kind_but_reviews() -> None:
    # Those are in lesson 3, and in test_review.py.
    assert {question.kind for question in QUESTIONS.values()} == {*KINDS} - {"review"}


def test_several_choices_are_right_only_all_together() -> None:
    question = QUESTIONS["what-drop-column-takes"]
    assert question.judge(("rule", "values")).right
    for wrong in (("values",), ("rule",), ("rule", "values", "rows"), ("rows",)):
        assert not question.judge(wrong).right
    for nothing in ((), ("values", "values"), ("gone",)):
        with pytest.raises(UnknownPick):
            question.judge(nothing)
    for text in texts(question, ["values", "rows"])[1:]:
        assert "No later up can bring them back" in text and "Rows stay" in text
        assert "The rule is part of the column" not in text
    assert "The rule is part of the column" in texts(question, ["values", "rows"], ["rows"])[1]


def test_all_orders_that_keep_the_needs_are_right_and_no_other() -> None:
    question = QUESTIONS["from-idea-to-ledger"]
    right = [
        order
        for order in itertools.permutations(["write", "review", "rehearse", "run", "track"])
        if question.judge(order).right
    ]
    middle = [("review", "rehearse"), ("rehearse", "review")]
    assert sorted(right) == sorted(("write", *two, "run", "track") for two in middle)
    assert not question.judge(("write", "review", "rehearse", "run")).right
    assert not question.judge(("write", "review", "rehearse", "run", "edit", "track")).right


@given(st.data())
def test_an_order_is_right_exactly_when_every_step_stands_below_its_needs(
    data: st.DataObject,
) -> None:
    names = "abcde"
    steps = []
    for place, name in enumerate(names):
        needs = data.draw(st.lists(st.sampled_from(names[:place]), unique=True)) if place else []
        steps.append(OrderedStep(name, name, name, tuple(needs), False))
    question = Order("o", "?", "t", tuple(steps))
    order = tuple(data.draw(st.permutations(names)))
    wanted = all(order.index(n) < order.index(s.id) for s in steps for n in s.needs)
    assert question.judge(order).right is wanted
    assert question.judge(tuple(names)).right


def test_the_first_wrong_step_and_every_distractor_explain_themselves() -> None:
    question = QUESTIONS["from-idea-to-ledger"]
    text = texts(question, ["write", "track", "edit", "run"])[1]
    assert "The row in the ledger and the change itself" in text
    assert "A file that was applied stays as it is" in text
    assert "The run comes after review" not in text
    assert "2 steps are missing" in texts(question, ["write", "review", "rehearse"])[1]


def test_a_pair_explains_what_was_chosen_and_not_what_would_be_right() -> None:
    question = QUESTIONS["four-words"]
    assert question.judge(("ledger", "plan", "shadow", "down")).right
    text = texts(question, ["ledger", "backup", "backup", "backup"])[1]
    assert text.count("That is a backup") == 3 and "The steps run on the shadow" not in text
    with pytest.raises(UnknownPick):
        question.judge(("ledger",))


def test_a_pair_that_is_missed_is_told_where_the_chosen_side_goes() -> None:
    question = QUESTIONS["four-words"]
    plain, page = texts(question, ["plan", "ledger", "backup", "down"])[1:3]
    for text in (plain, page):
        assert "That goes with “a plan”. A plan lists" in text
        assert "That goes with “the ledger”. The ledger lies" in text
        assert text.count("That goes with") == 2, "not where it is right, nor for what goes nowhere"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("34", 34),
        (" 3,000 ", 3000),
        ("3 000", 3000),
        ("3,5", 3.5),
        ("-1", -1),
        ("\N{MINUS SIGN}1", -1),
        ("1e3", 1000),
        ("1,234,567", 1234567),
        ("nan", None),
        ("inf", None),
        ("many", None),
        ("", None),
        ("1" * 400, None),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: float | None) -> None:
    assert to_number(text) == number


def test_a_number_has_its_tolerance_and_its_wrong_ones_their_explanation() -> None:
    question = QUESTIONS["handles-that-are-null"]
    assert isinstance(question, Number)
    assert question.judge(("34.0",)).right
    assert question.judge(("59",)).note == "both" and question.judge(("7",)).note == "otherwise"
    about = Number("n", "?", "t", "why", "else", (), 10.0, 0.5, "", "", None)
    assert about.judge(("10,5",)).right and not about.judge(("10.6",)).right
    with pytest.raises(UnknownPick):
        question.judge(("many",))


def test_a_prediction_is_judged_by_what_duckdb_does_and_shows_it() -> None:
    question = QUESTIONS["default-on-old-rows"]
    judged = question.judge(("nulls",))
    assert not judged.right and judged.came is not None
    assert judged.came.rows == (("1", "free"), ("2", "free"))
    assert question.judge(("free",)).right
    for text in texts(question, ["nulls"])[1:]:
        assert "DuckDB takes it." in text and "plan" in text


def test_a_prediction_follows_duckdb_where_the_bank_says_otherwise() -> None:
    asked = QUESTIONS["default-on-old-rows"]
    assert isinstance(asked, Predict)
    told = Predict(**{**vars(asked), "sql": "ALTER TABLE users ADD COLUMN plan VARCHAR"})
    assert told.judge(("nulls",)).right and not told.judge(("free",)).right
    strange = Predict(**{**vars(asked), "says": ("x", "y", "z")})
    judged = strange.judge(("free",))
    assert judged.right and judged.came is not None
    assert judged.came.sentence.endswith("This is not what the question was written for.")


def test_a_value_is_compared_with_the_one_that_came() -> None:
    question = QUESTIONS["emails-after-down-and-up"]
    assert question.judge((" 0 ",)).right
    assert question.judge(("3",)).note == "all-three"
    assert question.judge(("none",)).note == "otherwise"


RIGHT_SQL = [
    "UPDATE products SET stock = 0 WHERE stock IS NULL;",
    "update products set stock=0",
    "-- all of them\nUPDATE products SET stock = 1; UPDATE products SET stock = 0 -- done",
    "UPDATE products SET stock = coalesce(stock, 0)",
]
WRONG_SQL = {
    "DELETE FROM products": ("delete", "There is no row."),
    "UPDATE products SET stock = 0 WHERE NULL = stock": ("equals-null", "NOT NULL constraint"),
    "UPDATE products SET stock = 1": ("otherwise", "not what was asked for"),
    "ALTER TABLE products ALTER stock SET DEFAULT 0; UPDATE products SET stock = 0": (
        "otherwise",
        "not what was asked for",
    ),
    "UPDATE products SET stok = 0": ("otherwise", "stok"),
    "UPDAT": ("otherwise", "cannot read it"),
    "COPY products TO '/tmp/stolen.csv'": ("otherwise", "disabled by configuration"),
    "SET enable_external_access = true": ("otherwise", "DuckDB refuses"),
    "ATTACH '/tmp/own.duckdb'": ("otherwise", "disabled by configuration"),
}


@pytest.mark.parametrize("sql", RIGHT_SQL)
def test_sql_is_right_by_what_it_does(sql: str) -> None:
    assert QUESTIONS["fill-the-stock"].judge((sql,)).right


@pytest.mark.parametrize("sql", WRONG_SQL)
def test_sql_that_does_something_else_is_told_what_it_did(sql: str) -> None:
    note, words = WRONG_SQL[sql]
    question = QUESTIONS["fill-the-stock"]
    state = state_of(question, [sql])
    (answer,) = state.answers
    assert (answer.right, answer.judged.note) == (False, note)
    assert words in page_to_text(page_of(state))


def test_endless_sql_is_stopped_and_the_next_answer_is_judged() -> None:
    question = QUESTIONS["fill-the-stock"]
    endless = "SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)"
    came = question.judge((endless,)).came
    assert came is not None and "exceeded maximum execution time" in came.sentence
    one_piece = "SELECT list_reduce(range(2000000000), lambda a, b: a + b)"
    (ran,) = run_texts("", [one_piece], seconds=4)
    assert ran.refused
    assert question.judge((RIGHT_SQL[1],)).right


def test_a_database_that_cannot_be_made_is_a_fault_and_no_verdict() -> None:
    with pytest.raises(RunFault, match="syntax error"):
        run_texts("CREAT TABLE", ["SELECT 1"])


def test_nothing_right_is_seen_of_any_kind_before_it_is_due() -> None:
    hidden = {
        "four-words": "The steps run on the shadow",
        "from-idea-to-ledger": "1. 📝",
        "emails-after-down-and-up": "no up knows them",
        "fill-the-stock": "WHERE stock IS NULL",
        "handles-that-are-null": "The 34 rows".lower(),
    }
    for name, words in hidden.items():
        for text in texts(QUESTIONS[name]):
            assert words not in text and 'explanation": "' not in text
