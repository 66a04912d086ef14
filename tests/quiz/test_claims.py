"""Every claim that a quiz makes about DuckDB, run on DuckDB; and no quiz gives itself away."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from course_lib.quiz import OneChoice, Quiz, Review, read_bank
from course_lib.quiz.kinds.choice import Choices
from course_lib.quiz.kinds.match import Match
from course_lib.quiz.kinds.order import Order

from .claims.trying import hearing

LESSONS = Path(__file__).parents[2] / "lessons"
BANKS = {bank.parent.name: read_bank(bank) for bank in sorted(LESSONS.glob("*/quiz.toml"))}
QUIZZES = [pytest.param(quiz, id=quiz.id) for bank in BANKS.values() for quiz in bank]

# What DuckDB says, unlike SQL, has a verb in small letters.
MESSAGE = re.compile(r"\b(?:failed|found|exists?|does not|cannot)\b")

Claims = dict[tuple[str, str], Callable[[], None]]


def claims_of(lesson: str) -> Claims:
    """The claims of a lesson such as `04-adding-a-column`, from `claims/lesson_04.py`."""
    module = import_module(f"{__package__}.claims.lesson_{lesson[:2]}")
    claims: Claims = module.CLAIMS
    return claims


def claims_of_parts(lesson: str) -> Claims:
    """What steps and pairs say of DuckDB or the engine, where a lesson's file does it: `PARTS`."""
    parts: Claims = getattr(import_module(f"{__package__}.claims.lesson_{lesson[:2]}"), "PARTS", {})
    return parts


def parts_of(lesson: str) -> dict[tuple[str, str], str]:
    """The explanations of all steps and pairs of a lesson, by question and part."""
    questions = [question for quiz in BANKS[lesson] for question in quiz.questions]
    steps = [(one.id, step) for one in questions if isinstance(one, Order) for step in one.steps]
    pairs = [(one.id, pair) for one in questions if isinstance(one, Match) for pair in one.pairs]
    return {(id, part.id): part.explanation for id, part in (*steps, *pairs)}


def options_of(lesson: str) -> dict[tuple[str, str], str]:
    """The explanations of all options of a lesson, by question and option; of a review, those of
    its approval, its lines and its reasons."""
    questions = [question for quiz in BANKS[lesson] for question in quiz.questions]
    reviews = {
        (question.id, name.rpartition("/")[2]): explanation
        for question in questions
        if isinstance(question, Review)
        for _, name, explanation in question.explanations()
    }
    return reviews | {
        (question.id, option.id): option.explanation
        for question in questions
        if isinstance(question, Choices) and not question.runs
        for option in question.options
    }


@pytest.mark.parametrize("lesson", BANKS)
def test_every_option_has_its_claim(lesson: str) -> None:
    assert options_of(lesson).keys() == claims_of(lesson).keys()


@pytest.mark.parametrize(
    ("lesson", "key"),
    [
        pytest.param(lesson, key, id=f"{lesson}: {'/'.join(key)}")
        for lesson in BANKS
        for key in options_of(lesson)
    ],
)
def test_what_an_option_says_is_what_comes_and_what_it_quotes_was_heard(
    lesson: str, key: tuple[str, str]
) -> None:
    with hearing() as heard:
        claims_of(lesson)[key]()
    quoted = [part for part in options_of(lesson)[key].split("`")[1::2] if MESSAGE.search(part)]
    assert [one for one in quoted if not any(one in said for said in heard)] == []


@pytest.mark.parametrize(
    ("lesson", "key"),
    [
        pytest.param(lesson, key, id=f"{lesson}: {'/'.join(key)}")
        for lesson in BANKS
        for key in claims_of_parts(lesson)
    ],
)
def test_what_a_step_or_a_pair_says_is_what_comes(lesson: str, key: tuple[str, str]) -> None:
    with hearing() as heard:
        claims_of_parts(lesson)[key]()
    quoted = [part for part in parts_of(lesson)[key].split("`")[1::2] if MESSAGE.search(part)]
    assert [one for one in quoted if not any(one in said for said in heard)] == []


@pytest.mark.parametrize("lesson", BANKS)
def test_what_the_other_questions_claim_is_what_duckdb_does(lesson: str) -> None:
    read_bank(LESSONS / lesson / "quiz.toml", prove=True)


@pytest.mark.parametrize("quiz", QUIZZES)
def test_no_question_has_its_right_option_as_the_longest(quiz: Quiz) -> None:
    def right_is_longest(question: OneChoice) -> bool:
        return max(question.options, key=lambda option: len(option.text)).right

    choices = [one for one in quiz.questions if isinstance(one, OneChoice)]
    assert [one.id for one in choices if right_is_longest(one)] == []
