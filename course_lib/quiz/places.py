"""On which line of a TOML file an array entry or a key stands, so that errors can point there.

tomllib gives values without places; a bank's shape is simple enough to find them by its headers.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*\[\[\s*([\w.\s-]+?)\s*\]\]")
_KEY = re.compile(r"^\s*([\w-]+)\s*=\s*(.*)$")


def find_places(text: str) -> dict[Path, int]:
    """Lines (from 1) by path: ("quiz", 0, "question", 2) or, with a key, (..., "stem")."""
    places: dict[Path, int] = {}
    current: Path = ()
    counts: dict[Path, int] = {}
    closing: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if closing is not None:
            if closing in line:
                closing = None
            continue
        if header := _HEADER.match(line):
            current = _enter(counts, [part.strip() for part in header[1].split(".")])
            places[current] = number
        elif key := _KEY.match(line):
            places[(*current, key[1])] = number
            for quotes in ('"""', "'''"):
                if key[2].startswith(quotes) and quotes not in key[2][3:]:
                    closing = quotes
    return places


def line_of(places: dict[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it; 1 when nothing is known."""
    while path and path not in places:
        path = path[:-1]
    return places.get(path, 1)


def _enter(counts: dict[Path, int], parts: list[str]) -> Path:
    """The path of a new `[[a.b]]` entry: the last `a` that was opened, and its next `b`."""
    path: Path = ()
    for part in parts[:-1]:
        path = (*path, part, max(counts.get((*path, part), 0) - 1, 0))
    path = (*path, parts[-1])
    index = counts.get(path, 0)
    counts[path] = index + 1
    return (*path, index)
