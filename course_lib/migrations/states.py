"""The state of every migration: pending, applied, edited, missing, late or failed."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Literal

from .errors import Problem
from .ledger import Applied
from .migration import Migration
from .source import Folder, name_of_file

State = Literal["pending", "applied", "edited", "missing", "late", "failed"]


@dataclass(frozen=True)
class Status:
    """The state of one migration, with a sentence that ends in what to do next."""

    name: str
    state: State
    sentence: str


def read_states(
    folder: Folder, applied: tuple[Applied, ...], failed: frozenset[str]
) -> tuple[Status, ...]:
    """The state of every migration that a file or the ledger knows, by number.

    `failed` names the pending migrations whose last run failed.
    """
    rows = {row.number: row for row in applied}
    files = {migration.number: migration for migration in folder.migrations}
    broken = broken_files(folder)
    newest = max(rows, default=-1)
    statuses = []
    for number in sorted(rows.keys() | files.keys()):
        file, row = files.get(number), rows.get(number)
        if file and row:
            statuses.append(_with_both(file, row))
        elif file:
            statuses.append(_without_row(file, newest, failed))
        elif row:
            statuses.append(_without_file(row, broken))
    return tuple(statuses)


# Lesson 8 shows these three as they stand, so their lines are short.
def _with_both(file: Migration, row: Applied) -> Status:
    if file.checksum != row.checksum or file.name != row.name:
        return Status(file.name, "edited", EDITED)
    when = f"{row.applied_at:%Y-%m-%d %H:%M} UTC"
    sentence = f"applied {when}; nothing to do"
    return Status(file.name, "applied", sentence)


def _without_row(
    file: Migration,
    newest: int,
    failed: frozenset[str],
) -> Status:
    if file.number < newest:
        return Status(file.name, "late", LATE)
    if file.name in failed:
        return Status(file.name, "failed", _FAILED)
    return Status(file.name, "pending", _PENDING)


def _without_file(row: Applied, broken: Container[str]) -> Status:
    if row.name in broken:
        return Status(row.name, "edited", EDITED)
    return Status(row.name, "missing", MISSING)


_PENDING = "not applied yet; `up` applies it"
_FAILED = "its last run failed and changed nothing; correct the file, then `up`"
MISSING = "applied, but its file is gone; bring the file back"
LATE = "not applied, and older than one that is; give it a number above the newest applied one"
EDITED = "its file is not the one that was applied; put the text back and write a new migration"


def broken_files(folder: Folder) -> dict[str, list[Problem]]:
    """The problems of the files that gave no migration, by what the migration would be called."""
    read = {file for m in folder.migrations for file in (m.file, m.down_file)}
    found: dict[str, list[Problem]] = {}
    for problem in folder.problems:
        if problem.kind != "no-folder" and problem.file not in read:
            found.setdefault(name_of_file(problem.file), []).append(problem)
    return found
