"""A second check of one answer takes from the first what it did in the same worlds, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from course_lib.exercises import Exercise, PublicExercise, Seen, check, check_answer, load_spec
from course_lib.exercises.public import publish, read_public
from course_lib.exercises.sandbox import SandboxFault

LESSONS = Path(__file__).parents[2] / "lessons"
EXERCISE = load_spec(LESSONS / "04-adding-a-column" / "exercises" / "add-email.toml")
PUBLIC = read_public(publish(EXERCISE))
RIGHT = EXERCISE.solutions[0].answer
HALF = EXERCISE.wrong_answers[0].answer


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The titles of the worlds in which an answer has run, as they come."""
    titles: list[str] = []
    stock = check.gather

    def gather(sandbox: Any, task: Any, world: Any, *more: Any, **named: Any) -> Any:
        titles.append(world.name)
        return stock(sandbox, task, world, *more, **named)

    monkeypatch.setattr(check, "gather", gather)
    return titles


def both(seen: Seen | None, answer: Any, public: PublicExercise = PUBLIC) -> tuple[Any, Any]:
    visible = check_answer(public, answer, seen=seen)
    return visible, check_answer(EXERCISE, answer, secret="s", seen=seen)


@pytest.mark.parametrize(
    "one", [*EXERCISE.solutions[:2], *EXERCISE.wrong_answers[:6]], ids=lambda one: one.name
)
def test_the_verdicts_are_those_of_two_checks(one: Any) -> None:
    assert both(Seen(), one.answer) == both(None, one.answer)


def test_each_world_is_walked_once(gathered: list[str]) -> None:
    both(Seen(), RIGHT)
    assert gathered[:3] == [world.name for world in EXERCISE.task.worlds]
    assert len(gathered) == len({*gathered}) == 3 + len(EXERCISE.hidden)


def test_a_learners_check_always_walks(gathered: list[str]) -> None:
    for _ in range(2):
        check_answer(PUBLIC, RIGHT)
    assert len(gathered) == 6


def test_another_answer_or_exercise_is_walked(gathered: list[str]) -> None:
    seen = Seen()
    check_answer(PUBLIC, RIGHT, seen=seen)
    check_answer(PUBLIC, HALF, seen=seen)
    check_answer(PUBLIC, RIGHT, seen=seen)
    assert len(gathered) == 9
    other = load_spec(LESSONS / "04-adding-a-column" / "exercises" / "add-handle.toml")
    assert check_answer(other, other.solutions[0].answer, seen=seen).first_failure is None
    assert len(gathered) == 9 + len(other.task.worlds)


def test_a_broken_instance_is_not_lent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Seen()
    assert check_answer(PUBLIC, RIGHT, seen=seen).fault is None
    stock = check.gather

    def gather(sandbox: Any, *more: Any, **named: Any) -> Any:
        sandbox.fresh()
        raise SandboxFault("DuckDB itself broke")

    monkeypatch.setattr(check, "gather", gather)
    assert check_answer(PUBLIC, HALF, seen=seen).fault is not None
    monkeypatch.setattr(check, "gather", stock)
    assert check_answer(PUBLIC, HALF, seen=seen) == check_answer(PUBLIC, HALF)


def test_a_changed_spec_is_another_exercise(gathered: list[str]) -> None:
    seen = Seen()
    check_answer(PUBLIC, RIGHT, seen=seen)
    changed: Exercise = replace(EXERCISE, task=replace(EXERCISE.task, title="Another"))
    check_answer(changed, RIGHT, secret="s", seen=seen)
    assert len(gathered) == 3 + 3 + len(EXERCISE.hidden)
