"""Which files and folders of a folder make which migration, by their names alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from ..errors import Problem
from ..migration import NAME, WORDS, one_form

Format = Literal["sections", "bare", "pair", "folder", "python"]
FORMATS: tuple[Format, ...] = get_args(Format)

_PAIR = re.compile(rf"((\d{{1,18}})_{WORDS})\.(up|down)\.sql")
_PYTHON = re.compile(rf"((\d{{1,18}})_{WORDS})\.py")
_FOLDER = re.compile(rf"(\d{{1,18}})_{WORDS}")
_NUMBER = re.compile(r"(\d{1,18})_")
_ENDING = re.compile(r"\.(sql|py)$", re.IGNORECASE)
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
            name = one_form(pair[1])
            if pair[3] == "up":
                pairs[name] = Entry(int(pair[2]), name, "pair", path)
            else:
                lone[name] = path
        elif path.suffix.lower() == ".sql":
            if named := NAME.fullmatch(path.name):
                entries.append(Entry(int(named[1]), one_form(path.stem), "sections", path))
            else:
                problems.append(_no_name(path))
        elif path.suffix.lower() == ".py" and not path.name.startswith(("_", ".")):
            if named := _PYTHON.fullmatch(path.name):
                entries.append(Entry(int(named[2]), one_form(named[1]), "python", path))
            else:
                problems.append(_no_name(path))
        elif (named := _FOLDER.fullmatch(path.name)) and path.is_dir():
            up, down = (path / name for name in _IN_FOLDER)
            name = one_form(path.name)
            entry = Entry(int(named[1]), name, "folder", up, down if down.exists() else None)
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


def highest_number(folder: Path) -> int:
    """The highest number of a name in the folder, be it of a migration or of a part of one."""
    named = [path for path in folder.iterdir() if path.is_dir() or _ENDING.search(path.name)]
    return max((int(n[1]) for path in named if (n := _NUMBER.match(path.name))), default=0)


def name_of_file(file: str) -> str:
    """What the migration of a file is called, whatever its format.

    >>> name_of_file("migrations/002_split_name.up.sql")
    '002_split_name'
    >>> name_of_file("migrations/20261124093000_split_name/migration.sql")
    '20261124093000_split_name'
    """
    path = Path(file)
    if path.name in _IN_FOLDER:
        return one_form(path.parent.name)
    if pair := _PAIR.fullmatch(path.name):
        return one_form(pair[1])
    return one_form(path.stem)


def _no_name(path: Path) -> Problem:
    ending = path.suffix.lower()
    what = f"the file name is not a number and words, such as 002_add_phone_to_users{ending}"
    if path.suffix != ending:
        what = f"the file name ends in {path.suffix}, and only {ending} is read"
    return Problem("name", str(path), what, "rename the file")


def _no_up(path: Path, what: str) -> Problem:
    return Problem("no-up", str(path), what, "write the up, or move this out of the folder")
