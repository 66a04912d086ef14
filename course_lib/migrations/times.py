"""Numbers that are times: written in different lengths they would not sort as times do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from .errors import Problem, place
from .migration import Migration

_SHAPES = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}


def mixed_times(migrations: list[Migration]) -> Iterator[Problem]:
    """The migrations, sorted by number, that come after one whose number is a later time."""
    newest: tuple[datetime, Migration] | None = None
    for migration in migrations:
        time = read_time(migration.number)
        if time is None:
            continue
        if newest is not None and time < newest[0]:
            digits, others = (len(str(m.number)) for m in (migration, newest[1]))
            yield Problem(
                "mixed-times",
                place(migration.file, 1),
                f"its number is an earlier time than that of {newest[1].name}, and it comes after"
                f" it, since one has {digits} digits and the other {others}",
                "give all times the same number of digits",
            )
        if newest is None or time > newest[0]:
            newest = time, migration


def read_time(number: int) -> datetime | None:
    """The time that a number writes: `20261124`, with hours and minutes, or with seconds too.

    >>> read_time(202611240930)
    datetime.datetime(2026, 11, 24, 9, 30)
    >>> read_time(7) is None
    True
    """
    text = str(number)
    shape = _SHAPES.get(len(text))
    if shape is None or not re.match(r"(19|20)\d\d", text):
        return None
    try:
        return datetime.strptime(text, shape)
    except ValueError:
        return None
