"""Every kind of object that a migration can make, change or drop: starting SQL and change."""

from __future__ import annotations

from pathlib import Path


def read_changes() -> dict[str, tuple[str, str]]:
    """The cases of objects.sql: name to starting SQL and change."""
    text = (Path(__file__).parent / "objects.sql").read_text(encoding="utf-8")
    cases = {}
    for case in text.split("-- case: ")[1:]:
        name, rest = case.split("\n", 1)
        start, change = rest.removeprefix("-- start\n").split("-- change\n")
        cases[name] = (start, change)
    return cases


CHANGES = read_changes()
