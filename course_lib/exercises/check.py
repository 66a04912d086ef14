"""The check of one answer: every world, every requirement, one verdict."""

from __future__ import annotations

from dataclasses import replace

from course_lib.migrations import Problem

from .answer import Answer, read_answer
from .calls import check_calls
from .evidence import gather
from .exercise import AnswerText, Exercise, Expected, PublicExercise, Task
from .findings import Evidence
from .judging import judge, not_checked, refuse
from .prepared import Prepared, prepare
from .sandbox import Sandbox
from .verdict import Result, Verdict


def check_answer(
    exercise: Exercise | PublicExercise,
    answer: AnswerText,
    *,
    secret: str | None = None,
    reveal: bool = False,
) -> Verdict:
    """Judge an answer in every visible world: the text of the migration that is asked for, or of
    several migrations by their names; or the text of a function, with every visible call.

    With a `secret` and the author's spec, the hidden ones drawn from it as well; their values are
    kept out of every message unless `reveal` is set. A mistake in the answer is never an exception,
    and an exception in here is never the learner's: it becomes the verdict's `fault`. ValueError
    for a secret with the public part of an exercise, which has no hidden worlds to draw.
    """
    if secret is not None and isinstance(exercise, PublicExercise):
        raise ValueError("hidden worlds need the author's spec, this is the learner's part")
    try:
        return _check(prepare(exercise, secret), answer, reveal)
    except Exception as error:  # noqa: BLE001  whatever goes wrong in here is not the learner's
        return _fault(exercise.task, error, told=secret is None or reveal)


def check_prepared(prepared: Prepared, answer: AnswerText, *, reveal: bool = False) -> Verdict:
    """`check_answer` for many answers to one exercise, which is prepared once."""
    try:
        return _check(prepared, answer, reveal)
    except Exception as error:  # noqa: BLE001  as above
        return _fault(prepared.task, error, told=reveal or prepared == prepared.visible)


def _check(prepared: Prepared, text: AnswerText, reveal: bool) -> Verdict:
    requirements = prepared.task.requirements
    if prepared.task.function is not None:
        function, calls = prepared.task.function, prepared.calls
        return _verdict(prepared, *check_calls(requirements, function, calls, text, reveal))
    answer = read_answer(prepared.task, text)
    if isinstance(answer, Problem):
        return _verdict(prepared, refuse(requirements, answer), 0)
    evidence = _gather(prepared, answer, reveal)
    results = [
        judge(requirements, [replace(s, expected=e[model]) for s, e in evidence])
        for model in range(len(evidence[0][1]))
    ]
    # The nearest of the states that are right; of equally near ones the first.
    nearest = max(results, key=lambda one: sum(result.points for result in one))
    return _verdict(prepared, nearest, len(evidence))


def _gather(
    prepared: Prepared, answer: Answer, reveal: bool
) -> list[tuple[Evidence, tuple[Expected, ...]]]:
    with Sandbox(prepared.task.database) as sandbox:
        return [
            (
                gather(
                    sandbox,
                    prepared.task,
                    one.world,
                    one.expected[0],
                    answer,
                    show_rows=reveal or not one.hidden,
                ),
                one.expected,
            )
            for one in prepared.worlds
        ]


def _verdict(prepared: Prepared, results: list[Result], databases: int) -> Verdict:
    task = prepared.task
    points = sum(result.points for result in results)
    return Verdict(
        task.id,
        task.title,
        points,
        task.max_points,
        None,
        tuple(results),
        databases,
        prepared.further_databases,
        tried="call" if task.function is not None else "database",
    )


def _fault(task: Task, error: Exception, *, told: bool) -> Verdict:
    # The words of an error can hold rows, so with hidden ones only its class is told.
    words = f": {error}" if told else ""
    fault = f"the check itself failed ({type(error).__name__}{words})"
    results = tuple(not_checked(requirement, "") for requirement in task.requirements)
    return Verdict(task.id, task.title, 0, task.max_points, fault, results, 0, 0)
