"""A new migration: the next free number, and an empty up and down in one of the formats."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from .errors import Problem
from .formats.entries import FORMATS, Format, find_entries, highest_number
from .migration import WORDS, one_form
from .sections import has_markers
from .statements import one_line

SECTIONS = "-- migrate:up\n\n-- migrate:down\n"
PYTHON = '''"""What this migration does, in one line."""


def up(db):
    """Say what it does."""
    db.execute("")


def down(db):
    """Say what it takes back."""
    db.execute("")
'''
# Of most file systems.
_LONGEST = 255
_TIMESTAMP = re.compile(r"\d{14}")


def new_migration(folder: Path, name: str, format: Format | None = None) -> Path | Problem:
    """Write an empty migration called `name` (words, such as `add phone to users`).

    Without a `format` it is that of the folder's newest migration, or sections. Its number is the
    next one, or the time in UTC where the newest number is a time. Gives the file of the up.
    """
    words = re.sub(r"[\s-]+", "_", name.strip().lower())
    words = one_form(words)
    if not re.fullmatch(WORDS, words):
        return Problem(
            "name", name, "a migration's name is words", "write something like add_phone_to_users"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        entries, _ = find_entries(folder)
        newest = max(entries, key=lambda entry: entry.number, default=None)
        if format is None:
            format = _format_of(newest.up, newest.format) if newest else "sections"
        # A file that cannot be read yet has its number too.
        files = _files(folder, f"{_next_number(highest_number(folder))}_{words}", format)
        names = (part for path, _ in files for part in path.relative_to(folder).parts)
        if any(len(os.fsencode(part)) > _LONGEST for part in names):
            return Problem(
                "name",
                one_line(name, 60),
                f"the file's name would be longer than {_LONGEST} bytes",
                "choose fewer words",
            )
        for path, text in files:
            path.parent.mkdir(exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        what = f"the migration cannot be made there ({error.strerror})"
        return Problem("not-made", str(folder), what, "name another folder with --migrations")
    return files[0][0]


def _next_number(highest: int) -> str:
    if _TIMESTAMP.fullmatch(str(highest)):
        return str(max(highest + 1, int(f"{datetime.now(UTC):%Y%m%d%H%M%S}")))
    return f"{highest + 1:03}"


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
