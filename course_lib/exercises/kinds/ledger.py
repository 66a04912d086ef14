"""The requirement that the ledger tells the whole history, and that the files agree with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from course_lib.migrations import Applied, Migration, Refused, make_plan, parse_migration
from course_lib.migrations.source import Folder

from ..exercise import EarlierMigration
from ..findings import Evidence, Finding
from .kind import Kind, Parameters


def judge_ledger(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The engine takes the files for what they are: the earlier ones applied, these pending.

    Then after the up the ledger holds all of them in order. An earlier file that was edited, or one
    that lacks, stops every further `up`, so it is a difference.
    """
    answer = evidence.answer
    applied = tuple(map(_row, evidence.task.earlier))
    folder = Folder(tuple(sorted((*answer.earlier, *answer.migrations), key=_number)), ())
    plan = make_plan(folder, applied, "up")
    if isinstance(plan, Refused):
        for problem in plan.problems:
            yield Finding(problem.where, problem.what, "the file as it was applied, and new ones")
        return
    ran = [item.migration.name for item in plan.items]
    if evidence.up_stop is not None:
        stopped = evidence.up_stop.migration or ran[0]
        ran = ran[: ran.index(stopped)]
    earlier = [row.name for row in applied]
    asked = [one.name for one in evidence.task.migrations]
    if ran != asked:
        yield Finding("ledger after the up", *map(_names, ((*earlier, *ran), (*earlier, *asked))))


def _row(one: EarlierMigration) -> Applied:
    migration = parse_migration(one.text, f"{one.name}.sql").migration
    if migration is None:
        raise LookupError(f"the earlier migration {one.name} cannot be read")
    return Applied(
        migration.number, one.name, migration.checksum, "transaction", datetime(2026, 1, 1)
    )


def _number(migration: Migration) -> int:
    return migration.number


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "nothing"


LEDGER = Kind(judge_ledger, when_stopped=True)
