"""Deciding, apart from doing: files and ledger rows and a target in, a plan or the reasons out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .errors import Problem, Refused
from .ledger import Applied
from .migration import Direction, Migration, Step
from .source import Folder

State = Literal["pending", "applied", "edited", "missing", "late", "failed"]


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


@dataclass(frozen=True)
class Status:
    """The state of one migration, with a sentence that ends in what to do next."""

    name: str
    state: State
    sentence: str


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
    candidates = _pending(folder, applied) if direction == "up" else _newest_first(folder, applied)
    if to is not None:
        cut = _cut_at(candidates, folder, direction, to)
        if isinstance(cut, Problem):
            return Refused((cut,))
        candidates = cut
    elif direction == "down" and count is None:
        count = 1
    if count is not None:
        candidates = candidates[:count]
    # A file that is not touched by this plan may still be unfinished.
    blocked = tuple(_file_problems(folder, candidates, direction))
    if blocked:
        return Refused(blocked)
    return Plan(direction, tuple(_planned(migration, direction) for migration in candidates))


def read_states(
    folder: Folder, applied: tuple[Applied, ...], failed: frozenset[str]
) -> tuple[Status, ...]:
    """The state of every migration that a file or the ledger knows, by number.

    `failed` names the pending migrations whose last run failed.
    """
    rows = {row.number: row for row in applied}
    files = {migration.number: migration for migration in folder.migrations}
    newest = max(rows, default=-1)
    statuses = []
    for number in sorted(rows.keys() | files.keys()):
        migration, row = files.get(number), rows.get(number)
        if migration is None and row is not None:
            statuses.append(Status(row.name, "missing", _MISSING))
        elif migration is not None and row is None:
            if number < newest:
                statuses.append(Status(migration.name, "late", _LATE))
            elif migration.name in failed:
                statuses.append(Status(migration.name, "failed", _FAILED))
            else:
                statuses.append(Status(migration.name, "pending", _PENDING))
        elif migration is not None and row is not None:
            edited = (migration.checksum, migration.name) != (row.checksum, row.name)
            when = f"{row.applied_at:%Y-%m-%d %H:%M} UTC"
            statuses.append(
                Status(migration.name, "edited", _EDITED)
                if edited
                else Status(migration.name, "applied", f"applied {when}; nothing to do")
            )
    return tuple(statuses)


_PENDING = "not applied yet; `up` applies it"
_FAILED = "its last run failed and changed nothing; correct the file, then `up`"
_MISSING = "applied, but its file is gone; bring the file back"
_LATE = "not applied, and older than one that is; give it a number above the newest applied one"
_EDITED = "its file is not the one that was applied; put the text back and write a new migration"


def _history_problems(folder: Folder, applied: tuple[Applied, ...]) -> Iterator[Problem]:
    yield from (p for p in folder.problems if p.kind not in ("empty", "no-down"))
    if folder.problems and any(p.kind == "duplicate-number" for p in folder.problems):
        return
    files = {migration.name: migration.file for migration in folder.migrations}
    unread = {p.where.split(", line ")[0] for p in folder.problems}
    sentences = {"missing": _MISSING, "late": _LATE, "edited": _EDITED}
    for status in read_states(folder, applied, frozenset()):
        if status.state not in sentences:
            continue
        if any(place.endswith(f"{status.name}.sql") for place in unread):
            continue
        what, next_step = sentences[status.state].split("; ", 1)
        yield Problem(status.state, files.get(status.name, status.name), what, next_step)


def _file_problems(
    folder: Folder, candidates: list[Migration], direction: Direction
) -> Iterator[Problem]:
    names = {migration.file for migration in candidates}
    for problem in folder.problems:
        file = problem.where.split(", line ")[0]
        if file in names and (problem.kind == "no-down" or direction == "up"):
            yield problem


def _pending(folder: Folder, applied: tuple[Applied, ...]) -> list[Migration]:
    done = {row.number for row in applied}
    return [migration for migration in folder.migrations if migration.number not in done]


def _newest_first(folder: Folder, applied: tuple[Applied, ...]) -> list[Migration]:
    done = {row.number for row in applied}
    return [m for m in reversed(folder.migrations) if m.number in done]


def _cut_at(
    candidates: list[Migration], folder: Folder, direction: Direction, to: str
) -> list[Migration] | Problem:
    if direction == "down" and to == "0":
        return candidates
    target = next((m for m in folder.migrations if to == m.name or _same_number(to, m)), None)
    if target is None:
        return Problem("target", "", f"no migration is called {to}", "see `status` for the names")
    if direction == "up":
        return [m for m in candidates if m.number <= target.number]
    return [m for m in candidates if m.number > target.number]


def _same_number(text: str, migration: Migration) -> bool:
    return text.isascii() and text.isdigit() and int(text) == migration.number


def _planned(migration: Migration, direction: Direction) -> PlannedMigration:
    asked = migration.in_transaction(direction)
    guard = "transaction; shadow if DuckDB refuses" if asked else "shadow, as the file asks"
    return PlannedMigration(
        migration, direction, migration.steps(direction), guard, migration.down is not None
    )
