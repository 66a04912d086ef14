"""The check of one answer: every world, every requirement, one verdict."""

from __future__ import annotations

from collections.abc import Iterator

from course_lib.migrations import Problem

from .answer import read_answer
from .evidence import expect, gather
from .exercise import Exercise, Expected, PublicExercise, World
from .findings import Evidence
from .hidden import draw_world
from .judging import judge, not_checked, refuse
from .sandbox import Sandbox
from .verdict import Result, Verdict


def check_answer(
    exercise: Exercise | PublicExercise,
    answer: str | bytes,
    *,
    secret: str | None = None,
    reveal: bool = False,
) -> Verdict:
    """Judge an answer (the text of one migration file) in every visible world.

    With a `secret` and the author's spec, the hidden worlds drawn from it as well; their rows are
    kept out of every message unless `reveal` is set. A mistake in the answer is never an exception,
    and an exception in here is never the learner's: it becomes the verdict's `fault`. ValueError
    for a secret with the public part of an exercise, which has no hidden worlds to draw.
    """
    if secret is not None and isinstance(exercise, PublicExercise):
        raise ValueError("hidden worlds need the author's spec, this is the learner's part")
    task = exercise.task
    try:
        return _check(exercise, answer, secret, reveal)
    except Exception as error:  # noqa: BLE001  whatever goes wrong in here is not the learner's
        # The words of an error can hold rows, so with hidden ones only its class is told.
        words = f": {error}" if secret is None or reveal else ""
        fault = f"the check itself failed ({type(error).__name__}{words})"
        results = tuple(not_checked(requirement, "") for requirement in task.requirements)
        return Verdict(task.id, task.title, 0, task.max_points, fault, results, 0, 0)


def _check(
    exercise: Exercise | PublicExercise, answer: str | bytes, secret: str | None, reveal: bool
) -> Verdict:
    requirements = exercise.task.requirements
    migration = read_answer(exercise.task, answer)
    left_out = _further(exercise) if secret is None else 0
    if isinstance(migration, Problem):
        return _verdict(exercise, refuse(requirements, migration), 0, left_out)
    evidence: list[Evidence] = []
    with Sandbox(exercise.task.database) as sandbox:
        for world, expected, hidden in _worlds(sandbox, exercise, secret):
            show_rows = reveal or not hidden
            evidence.append(
                gather(sandbox, exercise.task, world, expected, migration, show_rows=show_rows)
            )
    return _verdict(exercise, judge(requirements, evidence), len(evidence), left_out)


def _worlds(
    sandbox: Sandbox, exercise: Exercise | PublicExercise, secret: str | None
) -> Iterator[tuple[World, Expected, bool]]:
    """Each world, what a right answer leaves in it, and whether it is a hidden one."""
    for world in exercise.task.worlds:
        if isinstance(exercise, PublicExercise):
            yield world, exercise.expected[world.name], False
        else:
            yield world, expect(sandbox, exercise, world), False
    if secret is not None and isinstance(exercise, Exercise):
        for hidden in exercise.hidden:
            world = draw_world(hidden, exercise.task.id, secret)
            yield world, expect(sandbox, exercise, world), True


def _verdict(
    exercise: Exercise | PublicExercise, results: list[Result], databases: int, left_out: int
) -> Verdict:
    task = exercise.task
    points = sum(result.points for result in results)
    return Verdict(
        task.id,
        task.title,
        points,
        task.max_points,
        None,
        tuple(results),
        databases,
        left_out,
        task.hints,
    )


def _further(exercise: Exercise | PublicExercise) -> int:
    if isinstance(exercise, PublicExercise):
        return exercise.further_databases
    return len(exercise.hidden)
