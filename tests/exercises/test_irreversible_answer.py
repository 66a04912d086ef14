"""An answer that declares itself irreversible earns what an answer without a down earns."""

from __future__ import annotations

from course_lib.exercises import Exercise, check_answer

from .test_check import DOWN, GOOD_UP, states


def test_declaring_it_irreversible_gains_no_points(exercise: Exercise) -> None:
    declared = check_answer(
        exercise, f"{GOOD_UP}\n-- migrate:irreversible the emails are wanted\n", secret="s"
    )
    missing = check_answer(exercise, GOOD_UP, secret="s")
    whole = check_answer(exercise, GOOD_UP + DOWN, secret="s")
    assert declared.points == missing.points < whole.points
    assert states(declared) == states(missing)
