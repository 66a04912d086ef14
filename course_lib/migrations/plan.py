"""Deciding, apart from doing: files and ledger rows and a target in, a plan or the reasons out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .crash_safety import is_replayable
from .errors import Problem, Refused
from .ledger import BASELINE, Applied
from .migration import Direction, Migration, Step, number_of, one_form, same_number
from .source import Folder
from .states import EDITED, LATE, MISSING, broken_files, read_states


@dataclass(frozen=True)
class PlannedMigration:
    """One migration of a plan, in one direction, with the guard to be expected."""

    migration: Migration
    direction: Direction
    steps: tuple[Step, ...]
    guard: str
    reversible: bool


@dataclass(frozen=True)
class Plan:
    """What is going to be done, in this order. Nothing to do is a plan without items."""

    direction: Direction
    items: tuple[PlannedMigration, ...]


def make_plan(
    folder: Folder,
    applied: tuple[Applied, ...],
    direction: Direction,
    *,
    count: int | None = None,
    to: str | None = None,
) -> Plan | Refused:
    """Plan an up (all that is pending) or a down (the newest one), or refuse the whole.

    `count` limits an up or widens a down. `to` names a migration by number or name: an up ends
    with it, a down ends just above it, so that it stays applied; `0` takes all of them down.
    """
    problems = tuple(_history_problems(folder, applied))
    if problems:
        return Refused(problems)
    look = _pending if direction == "up" else _newest_first
    candidates = look(folder, applied)
    end = None
    if to is not None:
        to = one_form(to)
        cut = _cut_at(candidates, folder, direction, to)
        if not isinstance(cut, list):
            return Refused(cut)
        candidates = cut
        end = _number_named(folder, to) if direction == "up" else None
    elif direction == "down" and count is None:
        count = 1
    if count is not None:
        end = candidates[count - 1].number if 0 < count <= len(candidates) else end
        candidates = candidates[:count]
    adopted = frozenset(row.name for row in applied if row.guard == BASELINE)
    blocked = tuple(_file_problems(folder, candidates, direction, end, adopted))
    if blocked:
        return Refused(blocked)
    return Plan(direction, tuple(_planned(migration, direction) for migration in candidates))


def _history_problems(folder: Folder, applied: tuple[Applied, ...]) -> Iterator[Problem]:
    whole = [p for p in folder.problems if p.kind in ("no-folder", "duplicate-number")]
    yield from whole
    if whole:
        return
    files = {migration.name: migration.file for migration in folder.migrations}
    sentences = {"missing": MISSING, "late": LATE, "edited": EDITED}
    broken = broken_files(folder)
    for status in read_states(folder, applied, frozenset()):
        if status.name in broken:
            yield from broken[status.name]
        elif status.state in sentences:
            what, next_step = sentences[status.state].split("; ", 1)
            yield Problem(status.state, files.get(status.name, status.name), what, next_step)


def _file_problems(
    folder: Folder,
    candidates: list[Migration],
    direction: Direction,
    end: int | None,
    adopted: frozenset[str],
) -> Iterator[Problem]:
    """What is wrong with the files that the plan runs, or would have to run if it could read them.

    An up runs all that is pending up to the number `end`, or all there is. A file that the plan
    does not touch may still be unfinished. What is declared irreversible can go up, and not down.
    `adopted` names what was there before, and was recorded without being run.
    """
    names = {migration.file for migration in candidates}
    for problem in folder.problems:
        if problem.file in names and (problem.kind == "no-down" or direction == "up"):
            yield problem
    if direction == "down":
        yield from _irreversible(candidates, adopted)
    if direction == "up":
        for name, problems in broken_files(folder).items():
            number = number_of(name)
            if number is None or end is None or number <= end:
                yield from problems


def _irreversible(candidates: list[Migration], adopted: frozenset[str]) -> Iterator[Problem]:
    for migration in candidates:
        if migration.irreversible is not None:
            what = f"it has no down: {migration.irreversible}"
            next_step = "write a new migration that goes forward, or bring a backup back"
            if migration.name in adopted:
                next_step = f"leave it; `down {migration.name}` takes back what came after it"
            yield Problem("irreversible", migration.file, what, next_step)


def _pending(folder: Folder, applied: tuple[Applied, ...]) -> list[Migration]:
    done = {row.number for row in applied}
    return [migration for migration in folder.migrations if migration.number not in done]


def _newest_first(folder: Folder, applied: tuple[Applied, ...]) -> list[Migration]:
    done = {row.number for row in applied}
    return [m for m in reversed(folder.migrations) if m.number in done]


def _cut_at(
    candidates: list[Migration], folder: Folder, direction: Direction, to: str
) -> list[Migration] | tuple[Problem, ...]:
    if direction == "down" and to == "0":
        return candidates
    number = _number_named(folder, to)
    if number is None:
        for name, problems in broken_files(folder).items():
            if to == name or same_number(to, number_of(name)):
                return tuple(problems)
        return (
            Problem("target", "", f"no migration is called {to}", "see `status` for the names"),
        )
    if direction == "up":
        return [m for m in candidates if m.number <= number]
    return [m for m in candidates if m.number > number]


def _number_named(folder: Folder, to: str) -> int | None:
    """The number of the migration that a person means by a number or a name."""
    named = (m.number for m in folder.migrations if to == m.name or same_number(to, m.number))
    return next(named, None)


def _planned(migration: Migration, direction: Direction) -> PlannedMigration:
    guard = "transaction; shadow if DuckDB refuses"
    if not migration.in_transaction(direction):
        guard = "shadow, as the file asks"
    elif not all(map(is_replayable, migration.steps(direction))):
        guard = "shadow, since a crash could not be mended from DuckDB's log"
    return PlannedMigration(
        migration, direction, migration.steps(direction), guard, migration.down is not None
    )
