"""Running a plan with the engine, and keeping which steps really ran."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import duckdb

from course_lib.counted import counted
from course_lib.migrations import (
    Failure,
    Migration,
    Plan,
    PlannedMigration,
    Schema,
    Step,
    TableDigest,
    digest_tables,
    done_line,
    own_cursor,
    read_schema,
    run_plan,
)

from .deed import Deed, Script, StepMark, script_of

BROKEN = "broken on purpose"


@dataclass
class _Trace:
    """The steps that the engine began, in order; a second try begins again at the first."""

    begun: list[int] = field(default_factory=list)
    first_try: int | None = None

    def note(self, _migration: Migration, index: int, _step: Step) -> None:
        if index == 0 and self.begun:
            self.first_try = self.begun[-1]
            self.begun = []
        self.begun.append(index)


def run_one(con: duckdb.DuckDBPyConnection, plan: Plan, code: str) -> Deed:
    """Run a plan of one migration and tell what became of each of its steps."""
    (item,) = plan.items
    trace = _Trace()
    outcome = run_plan(con, plan, on_step=trace.note)
    if outcome.failure is not None:
        return _failed(item, outcome.failure, code)
    (done,) = outcome.done
    marks: list[StepMark] = ["ran" for _ in item.steps]
    notes: tuple[str, ...] = ()
    if trace.first_try is not None and done.guard == "shadow":
        number = trace.first_try + 1
        notes = (
            f"The engine tried one transaction first, and DuckDB refused step {number} in it. So"
            " the steps ran on a shadow, and what they changed was put into the database at once.",
        )
    script = script_of(item.migration, item.direction, f"guard: {done.guard}", tuple(marks))
    return Deed(code, f"{done_line(done)}.", "done", script, notes)


def break_one(con: duckdb.DuckDBPyConnection, plan: Plan, at: int, code: str) -> Deed:
    """Run a plan of one migration in which statement `at` (from 1) fails, and compare the whole
    database, schema and rows, with what it was."""
    (item,) = plan.items
    bad = replace(item.steps[at - 1], sql=f"SELECT error('{BROKEN}')", kind="SELECT", run=None)
    steps = (*item.steps[: at - 1], bad, *item.steps[at:])
    migration = replace(item.migration, up=steps)
    before = _fingerprint(con)
    broken = replace(item, migration=migration, steps=steps)
    outcome = run_plan(con, Plan(plan.direction, (broken,)))
    if outcome.failure is None or BROKEN not in outcome.failure.error:
        # An earlier statement failed on its own.
        return _failed(item, outcome.failure, code) if outcome.failure else Deed(code, "It ran.")
    same = _fingerprint(con) == before
    rows = sum(digest.rows for digest in before[1].values())
    back = "is exactly" if same else "is NOT"
    said = (
        f"Statement {at} of {len(steps)} of {item.migration.name} was made to fail. The database"
        f" {back} as it was before statement 1."
    )
    notes = (
        f"Compared before and after: {counted(len(before[0].tables), 'table')} with all columns and"
        f" keys, and {counted(rows, 'row')} by their values.",
        "The ledger keeps the failure as an event; the migration is not applied.",
    )
    return Deed(code, said, "done" if same else "refused", _undone(item, at - 1), notes)


def _failed(item: PlannedMigration, failure: Failure, code: str) -> Deed:
    return Deed(code, str(failure), "refused", _undone(item, failure.index, failure.error))


def _undone(item: PlannedMigration, index: int, error: str = BROKEN) -> Script:
    marks: list[StepMark] = [
        "undone" if number < index else "refused" if number == index else "not run"
        for number in range(len(item.steps))
    ]
    where = "everything was brought back"
    return script_of(item.migration, item.direction, where, tuple(marks), {index: error})


def _fingerprint(con: duckdb.DuckDBPyConnection) -> tuple[Schema, dict[str, TableDigest]]:
    with own_cursor(con) as cursor:
        return read_schema(cursor), digest_tables(cursor)
