"""The content of every exercise, drafts as well: the cases that its own spec gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.exercises import load_spec
from course_lib.exercises.beginnings import beginnings
from course_lib.exercises.content import Case, content_cases

SPECS = sorted((Path(__file__).parents[2] / "lessons").glob("*/exercises/*.toml"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case.title}")
    for path in SPECS
    for case in content_cases(load_spec(path))
]


def test_there_are_exercises() -> None:
    assert len(SPECS) >= 1


@pytest.mark.parametrize("case", CASES)
def test_what_has_to_be_true_of_an_exercise(case: Case) -> None:
    assert case.problem() == ""


def test_beginnings_of_several_migrations_go_through_one_after_the_other() -> None:
    answer = {"001_a": "A;\nB;\n", "002_b": "C;\nD;\n"}
    assert list(beginnings(answer, ("001_a", "002_b"), "sql")) == [
        {"001_a": "A;"},
        {"001_a": "A;\nB;"},
        {"001_a": "A;\nB;\n", "002_b": "C;"},
    ]
