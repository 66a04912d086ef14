"""Walking an answer through a world: what happens there is the evidence that kinds judge."""

from __future__ import annotations

from dataclasses import replace

import duckdb

from course_lib.migrations import Migration, StepFailure
from course_lib.migrations.explain import explain

from .answer import read_answer
from .exercise import Exercise, Expected, SpecError, Task, World
from .findings import Evidence, error_line
from .sandbox import Sandbox, Walk
from .state import read_state


def gather(
    sandbox: Sandbox,
    task: Task,
    world: World,
    expected: Expected,
    migration: Migration,
    *,
    show_rows: bool,
) -> Evidence:
    """Up, rows written, down, up again in one world; stops where nothing further can be learned."""
    walk = Walk(sandbox, (task.schema, world.rows), answer=True)
    try:
        failure = walk.migrate(migration.up, in_transaction=migration.up_transaction)
        seen = Evidence(
            world.title,
            expected,
            show_rows,
            has_down=migration.down is not None,
            after_up=read_state(walk.con),
            up_failure=_explained(walk, failure),
        )
        if failure is not None or migration.down is None:
            return seen
        seen = replace(seen, write_failure=_write(walk, task))
        failure = walk.migrate(migration.down, in_transaction=migration.down_transaction)
        if failure is not None:
            return replace(seen, down_failure=_explained(walk, failure))
        seen = replace(seen, after_down=read_state(walk.con))
        again = walk.migrate(migration.up, in_transaction=migration.up_transaction)
        return replace(seen, again_failure=_explained(walk, again))
    finally:
        walk.close()


def expect(sandbox: Sandbox, exercise: Exercise, world: World) -> Expected:
    """What the first model answer leaves behind in a world.

    Raises SpecError where the model answer does not run: then the spec is wrong, not a learner.
    """
    task, solution = exercise.task, exercise.solutions[0]
    migration = read_answer(task, solution.answer)
    if not isinstance(migration, Migration) or migration.down is None:
        raise SpecError(exercise.source, solution.line, "the first solution is no whole migration")
    walk = Walk(sandbox, (task.schema, world.rows))
    try:
        failure = walk.migrate(migration.up, in_transaction=migration.up_transaction)
        after_up = read_state(walk.con)
        if failure is None:
            walk.write(task.writes)
            failure = walk.migrate(migration.down, in_transaction=migration.down_transaction)
        if failure is not None:
            raise SpecError(
                exercise.source,
                solution.line,
                f"the first solution does not run in the world {world.name!r}:"
                f" {error_line(failure.error)}",
            )
        return Expected(after_up, read_state(walk.con))
    finally:
        walk.close()


def _explained(walk: Walk, failure: StepFailure | None) -> StepFailure | None:
    """The failure with what DuckDB's words leave out; the world is where the steps stopped."""
    if failure is None:
        return None
    return replace(failure, error=explain(walk.con, error_line(failure.error)))


def _write(walk: Walk, task: Task) -> str | None:
    try:
        walk.write(task.writes)
    except duckdb.Error as error:
        # The rows are the spec's own, not a world's: DuckDB's words can be shown.
        return f"DuckDB refuses them: {error_line(str(error))}"
    return None
