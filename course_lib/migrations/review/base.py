"""A folder against the one it started from: what a pull request did to the migrations there."""

from __future__ import annotations

from collections.abc import Iterator

from ..migration import Migration
from ..source import Folder
from .finding import Finding

EDITED, GONE, LATE = "edited", "gone", "late"
ABOUT = {
    EDITED: "a migration that others have is not what it was",
    GONE: "a migration that others have is not there",
    LATE: "a new migration is older than one that others have",
}


def compare(folder: Folder, base: Folder) -> Iterator[Finding]:
    """Migrations of `base` that were edited or are gone, and new ones that come too late."""
    now = {migration.name: migration for migration in folder.migrations}
    broken = {problem.file for problem in folder.problems}
    for old in base.migrations:
        new = now.get(old.name)
        if new is None and not any(_same_file(old, file) for file in broken):
            what = f"{old.name} is not there, and databases that have it cannot go on without it"
            yield Finding(GONE, old.name, 1, f"{what}; bring the file back")
        elif new is not None and new.checksum != old.checksum:
            what = "it is not the text that others have, and databases that have it will refuse"
            told = f"{what}; put the text back and write a new migration"
            yield Finding(EDITED, new.file, 1, told)
    newest = max((migration.number for migration in base.migrations), default=-1)
    for migration in new_ones(folder, base):
        if migration.number <= newest:
            told = (
                f"its number {migration.number} is not above {newest}, the newest that others have"
            )
            yield Finding(LATE, migration.file, 1, f"{told}; give it the next free number")


def new_ones(folder: Folder, base: Folder) -> tuple[Migration, ...]:
    """The migrations that the base does not have."""
    names = {migration.name for migration in base.migrations}
    return tuple(migration for migration in folder.migrations if migration.name not in names)


def _same_file(old: Migration, file: str) -> bool:
    return (
        file.replace("\\", "/").rpartition("/")[2] == old.file.replace("\\", "/").rpartition("/")[2]
    )
