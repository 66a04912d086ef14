"""Which files and folders of a folder make which migration, by their names alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from ..errors import Problem
from ..migration import NAME

Format = Literal["sections", "bare", "pair", "folder", "python"]
FORMATS: tuple[Format, ...] = get_args(Format)

_PAIR = re.compile(r"((\d{1,18})_\w+)\.(up|down)\.sql")
_PYTHON = re.compile(r"((\d{1,18})_\w+)\.py")
_FOLDER = re.compile(r"(\d{1,18})_\w+")
_IN_FOLDER = ("migration.sql", "down.sql")


@dataclass(frozen=True)
class Entry:
    """What makes one migration: its number, its name, the file of the up, a file of its own for
    the down. A `sections` entry may turn out to be bare, which only its text can tell."""

    number: int
    name: str
    format: Format
    up: Path
    down: Path | None = None

    def as_bare(self) -> Entry:
        """The same, now that its text has turned out to have no marker."""
        return replace(self, format="bare")


def find_entries(folder: Path) -> tuple[list[Entry], list[Problem]]:
    """The entries of a folder in the order of their names, and the files that should be some.

    Files with other endings, and Python files that begin with `_` or `.`, are passed over.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    pairs: dict[str, Entry] = {}
    lone: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if pair := _PAIR.fullmatch(path.name):
            if pair[3] == "up":
                pairs[pair[1]] = Entry(int(pair[2]), pair[1], "pair", path)
            else:
                lone[pair[1]] = path
        elif path.suffix.lower() == ".sql":
            if named := NAME.fullmatch(path.name):
                entries.append(Entry(int(named[1]), path.stem, "sections", path))
            else:
                problems.append(_no_name(path))
        elif path.suffix.lower() == ".py" and not path.name.startswith(("_", ".")):
            if named := _PYTHON.fullmatch(path.name):
                entries.append(Entry(int(named[2]), named[1], "python", path))
            else:
                problems.append(_no_name(path))
        elif (named := _FOLDER.fullmatch(path.name)) and path.is_dir():
            up, down = (path / name for name in _IN_FOLDER)
            entry = Entry(int(named[1]), path.name, "folder", up, down if down.exists() else None)
            if up.exists():
                entries.append(entry)
            else:
                problems.append(_no_up(up, "the folder has no migration.sql"))
        elif (path / _IN_FOLDER[0]).is_file():
            problems.append(_no_name(path))
    for name, path in lone.items():
        if name in pairs:
            pairs[name] = replace(pairs[name], down=path)
        else:
            problems.append(_no_up(path, f"there is no {name}.up.sql beside it"))
    return sorted([*entries, *pairs.values()], key=lambda entry: entry.name), problems


def name_of_file(file: str) -> str:
    """What the migration of a file is called, whatever its format.

    >>> name_of_file("migrations/002_split_name.up.sql")
    '002_split_name'
    >>> name_of_file("migrations/20261124093000_split_name/migration.sql")
    '20261124093000_split_name'
    """
    path = Path(file)
    if path.name in _IN_FOLDER:
        return path.parent.name
    if pair := _PAIR.fullmatch(path.name):
        return pair[1]
    return path.stem


def _no_name(path: Path) -> Problem:
    return Problem(
        "name",
        str(path),
        f"the file name is not a number and words, such as 002_add_phone_to_users{path.suffix}",
        "rename the file",
    )


def _no_up(path: Path, what: str) -> Problem:
    return Problem("no-up", str(path), what, "write the up, or move this out of the folder")
