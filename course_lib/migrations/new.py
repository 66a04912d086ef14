"""A new migration: the next free number, and an empty up and down in one of the formats."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from .errors import Problem
from .formats.entries import FORMATS, Format, find_entries
from .sections import has_markers

SECTIONS = "-- migrate:up\n\n-- migrate:down\n"
PYTHON = '''"""What this migration does, in one line."""


def up(db):
    """Say what it does."""
    db.execute("")


def down(db):
    """Say what it takes back."""
    db.execute("")
'''
_TIMESTAMP = re.compile(r"\d{14}")


def new_migration(folder: Path, name: str, format: Format | None = None) -> Path | Problem:
    """Write an empty migration called `name` (words, such as `add phone to users`).

    Without a `format` it is that of the folder's newest migration, or sections. Its number is the
    next one, or the time in UTC where the newest number is a time. Gives the file of the up.
    """
    words = re.sub(r"[\s-]+", "_", name.strip().lower())
    if not re.fullmatch(r"\w+", words):
        return Problem(
            "name", name, "a migration's name is words", "write something like add_phone_to_users"
        )
    folder.mkdir(parents=True, exist_ok=True)
    # A file that cannot be read yet has its number too.
    entries, _ = find_entries(folder)
    newest = max(entries, key=lambda entry: entry.number, default=None)
    number = f"{newest.number + 1 if newest else 1:03}"
    if newest and _TIMESTAMP.fullmatch(str(newest.number)):
        number = str(max(newest.number + 1, int(f"{datetime.now(UTC):%Y%m%d%H%M%S}")))
    if format is None:
        format = _format_of(newest.up, newest.format) if newest else "sections"
    files = _files(folder, f"{number}_{words}", format)
    for path, text in files:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    return files[0][0]


def _format_of(up: Path, format: Format) -> Format:
    if format != "sections" or not up.is_file():
        return format
    return "sections" if has_markers(up.read_text("utf-8", errors="replace")) else "bare"


def _files(folder: Path, name: str, format: Format) -> list[tuple[Path, str]]:
    """The files of an empty migration with their text, that of the up first."""
    assert format in FORMATS
    if format == "pair":
        return [(folder / f"{name}.up.sql", ""), (folder / f"{name}.down.sql", "")]
    if format == "folder":
        return [(folder / name / "migration.sql", ""), (folder / name / "down.sql", "")]
    if format == "python":
        return [(folder / f"{name}.py", PYTHON)]
    return [(folder / f"{name}.sql", SECTIONS if format == "sections" else "")]
