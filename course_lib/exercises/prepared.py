"""An exercise made ready for answers: its worlds, and what a right answer leaves in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from course_lib.migrations import Problem

from .answer import Answer, read_answer
from .calls import PreparedCall, prepare_calls, read_calls
from .evidence import expect
from .exercise import Exercise, Expected, PublicExercise, Solution, SpecError, Task
from .findings import Stop, error_line
from .hidden import draw_world
from .sandbox import Sandbox, SetUpRefused
from .state import MAX_ROWS
from .world import World


@dataclass(frozen=True)
class PreparedWorld:
    """A world, and the states in which a right answer may leave it: the same number for all."""

    world: World
    expected: tuple[Expected, ...]
    hidden: bool


@dataclass(frozen=True)
class Prepared:
    """What it takes to judge any number of answers: worlds, or calls where a function is asked for.
    `further_databases` is how many of them only the grading has."""

    task: Task
    worlds: tuple[PreparedWorld, ...]
    further_databases: int
    calls: tuple[PreparedCall, ...] = ()

    @property
    def visible(self) -> Prepared:
        """The same without what is hidden."""
        return replace(
            self,
            worlds=tuple(one for one in self.worlds if not one.hidden),
            calls=tuple(one for one in self.calls if not one.hidden),
        )


def prepare(exercise: Exercise | PublicExercise, secret: str | None = None) -> Prepared:
    """The visible worlds or calls, and with a `secret` the hidden ones as well.

    Raises SpecError where DuckDB refuses a world or a model solution does not run: then the spec
    is wrong, not a learner.
    """
    task = exercise.task
    if task.function is not None and isinstance(exercise, PublicExercise):
        calls = read_calls(exercise, task.function)
        return Prepared(task, (), exercise.further_databases, calls)
    if isinstance(exercise, PublicExercise):
        visible = (PreparedWorld(w, exercise.expected[w.name], False) for w in task.worlds)
        return Prepared(task, tuple(visible), exercise.further_databases)
    if task.function is not None:
        further = 0 if secret is not None else sum(one.number for one in exercise.hidden_calls)
        return Prepared(task, (), further, prepare_calls(exercise, task.function, secret))
    models = [
        (solution, _read(exercise, solution))
        for number, solution in enumerate(exercise.solutions)
        if number == 0 or solution.own_state
    ]
    with Sandbox(task.database) as sandbox:
        worlds = tuple(
            PreparedWorld(
                world,
                tuple(_expect(sandbox, exercise, world, hidden, *model) for model in models),
                hidden,
            )
            for world, hidden in _worlds(exercise, secret)
        )
    return Prepared(task, worlds, len(exercise.hidden) if secret is None else 0)


def _worlds(exercise: Exercise, secret: str | None) -> Iterator[tuple[World, bool]]:
    """Each world, and whether it is a hidden one."""
    for world in exercise.task.worlds:
        yield world, False
    for hidden in exercise.hidden if secret is not None else ():
        yield draw_world(hidden, exercise.task.id, secret or ""), True


def _read(exercise: Exercise, solution: Solution) -> Answer:
    answer = read_answer(exercise.task, solution.answer)
    if isinstance(answer, Problem):
        raise _wrong(exercise, solution, f"cannot be read: {answer}")
    return answer


def _expect(
    sandbox: Sandbox,
    exercise: Exercise,
    world: World,
    hidden: bool,
    solution: Solution,
    model: Answer,
) -> Expected:
    try:
        expected = expect(sandbox, exercise.task, world, model)
    except SetUpRefused as refused:
        raise _refused(exercise, world, hidden, refused) from None
    if isinstance(expected, Expected):
        _all_rows_are_read(exercise, world, hidden, expected)
        return expected
    words = error_line(expected.failure.error) if isinstance(expected, Stop) else expected
    raise _wrong(exercise, solution, f"does not run in the world {world.name!r}: {words}")


def _all_rows_are_read(exercise: Exercise, world: World, hidden: bool, expected: Expected) -> None:
    """A check compares what it reads: with rows beyond that it could refuse a right answer."""
    for state in (expected.after_up, expected.after_down):
        for table, rows in state.rows.items() if state else ():
            if len(rows.rows) > MAX_ROWS:
                sentence = f"the world {world.name!r} has more than {MAX_ROWS:,} rows in {table}"
                raise SpecError(exercise.source, _line(exercise, world, hidden), sentence)


def _line(exercise: Exercise, world: World, hidden: bool) -> int:
    return exercise.lines["hidden" if hidden else "world", world.name]


def _refused(exercise: Exercise, world: World, hidden: bool, refused: SetUpRefused) -> SpecError:
    if refused.part == 0:
        line, what = exercise.lines["schema"], "the schema"
    else:
        line = _line(exercise, world, hidden)
        what = f"the rows of the world {world.name!r}"
    words = error_line(str(refused))
    return SpecError(exercise.source, line, f"DuckDB refuses {what}: {words}")


def _wrong(exercise: Exercise, solution: Solution, sentence: str) -> SpecError:
    return SpecError(exercise.source, solution.line, f"the solution {solution.name!r} {sentence}")
