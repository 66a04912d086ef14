"""The database that a command means when none is named."""

from __future__ import annotations

from pathlib import Path


def choose_database(folder: Path) -> Path | str:
    """The only `.duckdb` file of the folder, or a sentence that says why there is no such thing."""
    found = sorted(folder.glob("*.duckdb"))
    if len(found) == 1:
        return found[0].relative_to(folder)
    if not found:
        return f"{folder} holds no .duckdb file; name the database with --database FILE."
    names = ", ".join(path.name for path in found)
    return f"{folder} holds {names}; name the one you mean with --database FILE."
