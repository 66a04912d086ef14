"""A folder of migration files, read into migrations and problems; every problem has its place.

Reading runs nothing, no SQL and no Python of any file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import Problem
from .errors import place as place  # every message says where in the same way
from .formats import (
    Entry,
    Parsed,
    find_entries,
    name_of_file,
    parse_migration,
    parse_plain,
    parse_python,
    read_plain,
    read_text,
)
from .formats.text import with_line_feeds
from .migration import Migration
from .sections import has_markers
from .times import mixed_times

__all__ = ["Folder", "Parsed", "name_of_file", "parse_migration", "place", "read_folder"]


@dataclass(frozen=True)
class Folder:
    """All migrations of a folder, in the order of their numbers, and all problems."""

    migrations: tuple[Migration, ...]
    problems: tuple[Problem, ...]


def read_folder(folder: Path) -> Folder:
    """Read every migration of a folder, whatever its format; the formats may be mixed.

    That there is no folder, or none that can be read, is a problem, not an error.
    """
    try:
        if not folder.is_dir():
            return Folder((), (_no_folder(folder),))
        entries, problems = find_entries(folder)
    except OSError as error:
        what = f"the folder cannot be read ({error.strerror})"
        return Folder((), (Problem("no-folder", str(folder), what, "let yourself read it"),))
    parsed = [_read(entry) for entry in entries]
    problems.extend(problem for one in parsed for problem in one.problems)
    migrations = sorted((m.migration for m in parsed if m.migration), key=lambda m: m.number)
    problems.extend(_duplicate_numbers(migrations))
    problems.extend(mixed_times(migrations))
    return Folder(tuple(migrations), tuple(problems))


def _read(entry: Entry) -> Parsed:
    if entry.format in ("pair", "folder"):
        return read_plain(entry)
    text = read_text(entry.up)
    if isinstance(text, Problem):
        return Parsed(None, (text,))
    if entry.format == "python":
        return parse_python(entry, text)
    # A file without any marker is the up, and nothing but the up.
    if not has_markers(with_line_feeds(text)):
        return parse_plain(entry.as_bare(), text, None)
    return parse_migration(text, str(entry.up))


def _duplicate_numbers(migrations: list[Migration]) -> Iterator[Problem]:
    by_number: dict[int, list[Migration]] = defaultdict(list)
    for migration in migrations:
        by_number[migration.number].append(migration)
    for number, same in by_number.items():
        if len(same) > 1:
            *most, last = [_short(other) for other in same[:-1]]
            others = f"{', '.join(most)} and {last} have" if most else f"{last} has"
            yield Problem(
                "duplicate-number",
                place(same[-1].file, 1),
                f"{others} the number {number} too, so there is no order between them",
                "give one of them the next free number",
            )


def _short(migration: Migration) -> str:
    """The file as a reader of the folder sees it: its name, or that of the folder it lies in."""
    path = Path(migration.file)
    return migration.name if path.parent.name == migration.name else path.name


def _no_folder(folder: Path) -> Problem:
    return Problem(
        "no-folder",
        str(folder),
        "there is no such folder of migrations",
        "name another with --migrations or make one with `updown new`",
    )
