"""Walking an answer through a world: what happens there is the evidence that kinds judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import duckdb

from course_lib.migrations import Migration, StepFailure
from course_lib.migrations.explain import explain

from .answer import Answer
from .exercise import Expected, Task
from .findings import Evidence, Stop, error_line
from .kinds import KINDS
from .sandbox import Sandbox, Walk
from .state import State, read_state
from .trial import START, Outcome, Trial, going_down, run_trial
from .world import AT_THE_END, DrawnWorld, World

# What a model is compared with while its own expected state is being made: nothing looks at it.
_NOTHING = Expected(State.empty(), None, {})


def trials_of(task: Task) -> tuple[Trial, ...]:
    """All that the requirements of an exercise want tried, each once, in no order."""
    wanted = (
        trial
        for requirement in task.requirements
        for trial in KINDS[requirement.kind].trials(task, requirement.parameters)
    )
    return tuple(dict.fromkeys(wanted))


def gather(
    sandbox: Sandbox,
    task: Task,
    world: World,
    expected: Expected,
    answer: Answer,
    *,
    show_rows: bool,
) -> Evidence:
    """Up, rows written, down, up again in one world; stops where nothing further can be learned.

    Where some migrations are irreversible, the way down begins below them, on a world that has
    been brought there anew.
    """
    way = _Way(sandbox, task, world, answer=expected is not _NOTHING)
    try:
        stop = way.up(answer.migrations)
        seen = Evidence(
            task,
            world.title,
            expected,
            show_rows,
            answer,
            after_up=way.read(),
            trials=way.outcomes,
            up_stop=stop,
            write_failure=way.write_failure,
        )
        back = [m for m in answer.migrations if m.name in {one.name for one in task.reversible}]
        if stop is not None or not back or any(m.down is None for m in back):
            return seen
        if len(back) < len(answer.migrations):
            way.begin_again()
            way.up(back)
        way.write(task.writes, AT_THE_END)
        seen = replace(seen, write_failure=way.write_failure)
        stop = way.down(back)
        if stop is not None:
            return replace(seen, down_stop=stop)
        seen = replace(seen, after_down=way.read())
        return replace(seen, again_stop=way.up(back, used=False))
    finally:
        way.walk.close()


def expect(sandbox: Sandbox, task: Task, world: World, model: Answer) -> Expected | Stop | str:
    """What a model answer leaves behind in a world, or what stopped it there."""
    seen = gather(sandbox, task, world, _NOTHING, model, show_rows=True)
    stop = seen.up_stop or seen.down_stop
    if stop is not None:
        return stop
    needs_down = any(KINDS[one.kind].needs_down for one in task.requirements)
    if needs_down and seen.after_down is None:
        return "it has no down"
    unreached = [trial.at for trial in trials_of(task) if trial not in seen.trials]
    if unreached:
        return f"it never gets to `{unreached[0]}`, where a requirement tries something"
    if seen.write_failure is not None:
        return f"the rows of `writes` cannot be written after it: {seen.write_failure}"
    return Expected(seen.after_up, seen.after_down, seen.trials)


class _Way:
    """One world on its way, with the trials that are made at its stations."""

    def __init__(self, sandbox: Sandbox, task: Task, world: World, *, answer: bool) -> None:
        self._sandbox, self._task, self._answer = sandbox, task, answer
        self._written = world.written if isinstance(world, DrawnWorld) else {}
        self._waiting = set(trials_of(task))
        self.outcomes: dict[Trial, Outcome] = {}
        self.write_failure: str | None = None
        self._setup = (task.schema, world.quick if isinstance(world, DrawnWorld) else world.rows)
        self.walk = Walk(sandbox, self._setup, answer=answer)
        self._stop_at(START)

    def begin_again(self) -> None:
        self.walk.close()
        self.walk = Walk(self._sandbox, self._setup, answer=self._answer)

    def up(self, migrations: Iterable[Migration], *, used: bool = True) -> Stop | None:
        """Run the ups; where the database is `used`, rows are written after each as the spec
        says."""
        writes = {asked.name: asked.writes for asked in self._task.migrations}
        for migration in migrations:
            failure = self.walk.migrate(migration.up, in_transaction=migration.up_transaction)
            if failure is not None:
                return self._explained(migration, failure)
            self._stop_at(migration.name)
            if used:
                self.write(writes[migration.name], migration.name)
        return None

    def down(self, migrations: list[Migration]) -> Stop | None:
        for migration in reversed(migrations):
            steps = migration.down or ()
            failure = self.walk.migrate(steps, in_transaction=migration.down_transaction)
            if failure is not None:
                return self._explained(migration, failure)
            self._stop_at(going_down(migration.name))
        return None

    def write(self, sql: str, station: str) -> None:
        """Write the spec's rows, as somebody does who uses the database, and those that only this
        world has at this station."""
        try:
            self.walk.write(sql)
        except duckdb.Error as error:
            # The rows are the spec's own, not a world's: DuckDB's words can be shown.
            words = f"DuckDB refuses them: {error_line(str(error))}"
            self.write_failure = self.write_failure or words
        try:
            self.walk.write(self._written.get(station, ""))
        except duckdb.Error:
            # DuckDB's words could tell a value that was drawn.
            words = "DuckDB refuses rows that are written in a further database"
            self.write_failure = self.write_failure or words

    def read(self) -> State:
        """The world as it is now."""
        return read_state(self.walk.con, self._sandbox.learned, self.walk.made_by)

    def _stop_at(self, station: str) -> None:
        """Make the trials of a station, the first time that it is reached."""
        for trial in [trial for trial in self._waiting if trial.at == station]:
            self._waiting.discard(trial)
            self.outcomes[trial] = self.walk.apart(partial(run_trial, trial))

    def _explained(self, migration: Migration, failure: StepFailure) -> Stop:
        """The failure with what DuckDB's words leave out; the world is where the steps stopped."""
        words = explain(self.walk.con, error_line(failure.error))
        several = len(self._task.migrations) > 1
        return Stop(replace(failure, error=words), migration.name if several else "")
