"""A number with its noun, as a sentence says it."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun; `plural` where that is not the noun and an s.

    >>> counted(1, "row"), counted(3000, "row"), counted(0, "entry", "entries")
    ('1 row', '3,000 rows', '0 entries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
