"""No right answer is refused and no wrong one accepted: twelve of each for every exercise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

import pytest

from course_lib.exercises import Prepared, check_prepared, prepare

from .judgement.corpus import IN_PARTS, WHOLE, Judged, corpus, exercise_of


@cache
def _prepared(id: str) -> Prepared:
    return prepare(exercise_of(id), "the secret of the judges")


def _each(answers: Iterable[Judged]) -> list[object]:
    return [pytest.param(one, id=f"{one.exercise}: {one.name}") for one in answers]


def test_there_are_twelve_of_each() -> None:
    numbers = Counter((one.exercise, one.right) for one in corpus())
    assert len(numbers) == 2 * len((*WHOLE, *IN_PARTS)) and {*numbers.values()} == {12}


@pytest.mark.parametrize("one", _each(one for one in corpus() if one.right))
def test_no_right_answer_is_refused(one: Judged) -> None:
    verdict = check_prepared(_prepared(one.exercise), one.answer, reveal=True)
    assert verdict.fault is None
    assert verdict.points == verdict.max_points, verdict.to_text()


@pytest.mark.parametrize("one", _each(one for one in corpus() if not one.right))
def test_no_wrong_answer_is_accepted(one: Judged) -> None:
    verdict = check_prepared(_prepared(one.exercise), one.answer, reveal=True)
    assert verdict.fault is None
    assert verdict.points < verdict.max_points
