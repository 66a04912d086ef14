"""Questions counted option by option, of every kind and of every bank of the course."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.insight.picks import picked, picks_of
from course_lib.insight.quiz_counts import QuestionCount, count_quiz
from course_lib.quiz import Answer, Judged, Question, read_bank
from tests.grading.class_folder import ROOT
from tests.insight.chosen import choose
from tests.insight.made import LESSON, NOON, QUIZ, tried, work


def counted(*answers: list[Answer]) -> QuestionCount:
    works = [work(str(place), answers=one) for place, one in enumerate(answers)]
    (question,) = count_quiz(LESSON, QUIZ, works).questions
    return question


def test_the_first_answer_counts_and_the_others_are_told() -> None:
    one = counted(
        tried("yes", sure=True, seconds=10),
        tried("no", "half", sure=True, seconds=20),
        tried("no", "yes", sure=False, seconds=60),
        tried("half"),
        [],
    )
    assert (one.answered, one.first_right, one.first_wrong, one.never) == (4, 1, 3, 2)
    assert (one.sure_wrong, one.sure_mended, one.asked_sure, one.seconds) == (1, 0, 3, 20)
    assert [(p.pick.id, p.first, p.ever, p.sure) for p in one.picks] == [
        ("yes", 1, 2, 1),
        ("no", 2, 2, 1),
        ("half", 1, 2, 0),
    ]
    assert one.picks[1].pick.stands_for == "nothing stays"


@given(st.lists(st.lists(st.sampled_from(["yes", "no", "half"]), max_size=4), max_size=9))
def test_each_learner_chose_one_option_first(given_answers: list[list[str]]) -> None:
    one = counted(*(tried(*answers) for answers in given_answers))
    assert sum(pick.first for pick in one.picks) == one.answered
    assert all(pick.sure <= pick.first <= pick.ever <= one.answered for pick in one.picks)
    assert one.never <= one.first_wrong and one.sure_mended <= one.sure_wrong <= one.first_wrong


def questions() -> list[Question]:
    found: dict[str, list[Question]] = {}
    for path in sorted((ROOT / "lessons").glob("0*/quiz.toml")):
        for quiz in read_bank(path):
            for question in quiz.questions:
                found.setdefault(question.kind, []).append(question)
    return [question for kind in found.values() for question in kind[:4]]


@pytest.mark.parametrize("question", questions(), ids=lambda one: f"{one.kind}-{one.id}")
def test_whatever_is_answered_is_one_of_the_picks(question: Question) -> None:
    chance = random.Random(question.id)
    ids = [pick.id for pick in picks_of(question)]
    assert len(set(ids)) == len(ids) and any(pick.right for pick in picks_of(question))
    for right in (True, False):
        given_answer = choose(question, right, chance)
        # What runs SQL is judged elsewhere: here the kind's own words are enough.
        judged = Judged(right) if question.runs else question.judge(given_answer)
        answer = Answer(question.id, given_answer, judged, 1, NOON)
        chosen = picked(question, answer)
        assert chosen and set(chosen) <= set(ids)
