"""The check of one answer: every world, every requirement, one verdict."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from course_lib.migrations import Problem

from .answer import Answer, read_answer
from .calls import check_calls
from .evidence import gather
from .exercise import AnswerText, Exercise, Expected, PublicExercise, Task
from .findings import Evidence
from .judging import judge, not_checked, refuse
from .kept import find_kept
from .prepared import Prepared, prepare
from .sandbox import Sandbox
from .seen import Seen
from .verdict import Result, Verdict


def check_answer(
    exercise: Exercise | PublicExercise,
    answer: AnswerText,
    *,
    secret: str | None = None,
    reveal: bool = False,
    seen: Seen | None = None,
) -> Verdict:
    """Judge an answer in every visible world: the text of the migration that is asked for, or of
    several migrations by their names; or the text of a function, with every visible call.

    With a `secret` and the author's spec, the hidden ones drawn from it as well; their values are
    kept out of every message unless `reveal` is set. A mistake in the answer is never an exception,
    and an exception in here is never the learner's: it becomes the verdict's `fault`. With `seen`,
    what the same answer did in a world in the check before is taken from there. ValueError for a
    secret with the public part of an exercise, which has no hidden worlds to draw.
    """
    if secret is not None and isinstance(exercise, PublicExercise):
        raise ValueError("hidden worlds need the author's spec, this is the learner's part")
    try:
        prepared = _ready(exercise, secret)
        return (
            _alone(prepared, answer, reveal)
            if seen is None
            else _check(prepared, answer, reveal, seen)
        )
    except Exception as error:  # noqa: BLE001  whatever goes wrong in here is not the learner's
        return _fault(exercise.task, error, told=secret is None or reveal)


def check_prepared(prepared: Prepared, answer: AnswerText, *, reveal: bool = False) -> Verdict:
    """`check_answer` for many answers to one exercise, which is prepared once."""
    try:
        return _alone(prepared, answer, reveal)
    except Exception as error:  # noqa: BLE001  as above
        return _fault(prepared.task, error, told=reveal or prepared == prepared.visible)


def _ready(exercise: Exercise | PublicExercise, secret: str | None) -> Prepared:
    kept = find_kept(exercise, secret) if isinstance(exercise, Exercise) else None
    return kept or prepare(exercise, secret)


def _alone(prepared: Prepared, answer: AnswerText, reveal: bool) -> Verdict:
    with closing(Seen()) as seen:
        return _check(prepared, answer, reveal, seen)


def _check(prepared: Prepared, text: AnswerText, reveal: bool, seen: Seen) -> Verdict:
    requirements = prepared.task.requirements
    if prepared.task.function is not None:
        function, calls = prepared.task.function, prepared.calls
        return _verdict(prepared, *check_calls(requirements, function, calls, text, reveal))
    answer = read_answer(prepared.task, text)
    if isinstance(answer, Problem):
        return _verdict(prepared, refuse(requirements, answer), 0)
    evidence = _gather(prepared, answer, reveal, seen)
    results = [
        judge(requirements, [replace(s, expected=e[model]) for s, e in evidence])
        for model in range(len(evidence[0][1]))
    ]
    # The nearest of the states that are right; of equally near ones the first.
    nearest = max(results, key=lambda one: sum(result.points for result in one))
    return _verdict(prepared, nearest, len(evidence))


def _gather(
    prepared: Prepared, answer: Answer, reveal: bool, seen: Seen
) -> list[tuple[Evidence, tuple[Expected, ...]]]:
    task, found = prepared.task, []
    seen.begin(task, answer)
    with seen.root() as root, Sandbox(task.database, seen.learned, root) as sandbox:
        for one in prepared.worlds:
            expected, show_rows = one.expected[0], reveal or not one.hidden
            known = seen.find(one.world)
            if known is None:
                known = gather(sandbox, task, one.world, expected, answer, show_rows=show_rows)
                seen.note(one.world, known)
            found.append((replace(known, show_rows=show_rows), one.expected))
    return found


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
