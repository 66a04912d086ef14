"""A new migration file, with the next free number and both sections."""

from __future__ import annotations

import re
from pathlib import Path

from .errors import Problem
from .migration import number_of

TEMPLATE = "-- migrate:up\n\n-- migrate:down\n"


def new_migration(folder: Path, name: str) -> Path | Problem:
    """Write an empty migration called `name` (words, such as `add phone to users`)."""
    words = re.sub(r"[\s-]+", "_", name.strip().lower())
    if not re.fullmatch(r"\w+", words):
        return Problem(
            "name", name, "a migration's name is words", "write something like add_phone_to_users"
        )
    folder.mkdir(parents=True, exist_ok=True)
    # A file that cannot be read yet has its number too.
    numbers = [number_of(path.stem) or 0 for path in folder.glob("*.sql")]
    path = folder / f"{max(numbers, default=0) + 1:03}_{words}.sql"
    with path.open("x", encoding="utf-8") as file:
        file.write(TEMPLATE)
    return path
