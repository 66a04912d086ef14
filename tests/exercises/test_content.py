"""The content of every exercise, tested from its own spec: no case is written here by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from course_lib.exercises import Exercise, Verdict, check_answer, load_spec, publish
from course_lib.exercises.exercise import Solution, WrongAnswer
from course_lib.exercises.public import read_public

SPECS = sorted((Path(__file__).parents[2] / "lessons").glob("*/exercises/*.toml"))
SECRET = "a secret of the tests"


@cache
def _load(path: Path) -> Exercise:
    return load_spec(path)


def _grade(path: Path, answer: str) -> Verdict:
    return check_answer(_load(path), answer, secret=SECRET, reveal=True)


_graded = cache(_grade)


SOLUTIONS = [(path, one) for path in SPECS for one in _load(path).solutions]
WRONG = [(path, one) for path in SPECS for one in _load(path).wrong_answers]


def _named(value: object) -> str:
    if isinstance(value, Path):
        return value.stem
    return getattr(value, "name", "")


def test_there_are_exercises() -> None:
    assert SPECS


@pytest.mark.parametrize("path", SPECS, ids=_named)
def test_untouched_stub_scores_nothing(path: Path) -> None:
    verdict = _graded(path, _load(path).task.stub)
    assert verdict.fault is None
    assert verdict.points == 0


@pytest.mark.parametrize(("path", "solution"), SOLUTIONS, ids=_named)
def test_every_solution_earns_full_points(path: Path, solution: Solution) -> None:
    verdict = _graded(path, solution.answer)
    assert verdict.fault is None
    assert verdict.points == verdict.max_points, verdict.to_text()


@pytest.mark.parametrize(("path", "solution"), SOLUTIONS, ids=_named)
def test_no_shortened_solution_earns_full_points(path: Path, solution: Solution) -> None:
    lines = solution.answer.split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip().endswith(";")]
    for end in ends[:-1]:
        verdict = check_answer(_load(path), "\n".join(lines[: end + 1]))
        assert verdict.fault is None
        assert verdict.points < verdict.max_points, lines[end]


@pytest.mark.parametrize(("path", "wrong"), WRONG, ids=_named)
def test_every_wrong_answer_fails_for_the_reason_it_names(path: Path, wrong: WrongAnswer) -> None:
    verdict = _graded(path, wrong.answer)
    assert verdict.fault is None
    result = next(one for one in verdict.results if one.id == wrong.fails)
    assert result.state == "failed"
    said = [f"{d.object}: {d.is_}" for d in result.differences]
    assert any(wrong.phrase in one for one in said), said
    assert verdict.points < verdict.max_points


@pytest.mark.parametrize(("path", "wrong"), WRONG, ids=_named)
def test_two_runs_give_the_same_verdict(path: Path, wrong: WrongAnswer) -> None:
    assert _grade(path, wrong.answer) == _graded(path, wrong.answer)


@pytest.mark.parametrize("path", SPECS, ids=_named)
def test_learners_part_judges_the_visible_databases_like_the_whole_spec(path: Path) -> None:
    exercise = _load(path)
    public = read_public(publish(exercise))
    answers = [one.answer for one in (*exercise.solutions, *exercise.wrong_answers)]
    for answer in [*answers, exercise.task.stub]:
        assert check_answer(public, answer) == check_answer(exercise, answer)


@pytest.mark.parametrize("path", SPECS, ids=_named)
def test_hints_and_reasons_are_written_out(path: Path) -> None:
    task = _load(path).task
    texts = [*task.hints, task.task, *(r.reason for r in task.requirements)]
    assert all(text.strip().endswith((".", ";")) for text in texts)
