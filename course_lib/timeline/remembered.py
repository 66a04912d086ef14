"""Replays made already: the slowest of all that a picture reads, and files seldom change."""

from __future__ import annotations

from course_lib.migrations import Migration, Problem, Schema, replay

KEPT = 64

_known: dict[tuple[object, ...], Schema] = {}


def replay_remembered(
    history: tuple[Migration, ...], database: str, start: tuple[str, ...] = ()
) -> Schema | Problem:
    """The same as `replay`, once for each text of a history. A problem is never kept."""
    key = (tuple((one.name, one.checksum) for one in history), database, start)
    if key not in _known:
        made = replay(history, database, start)
        if isinstance(made, Problem):
            return made
        while len(_known) >= KEPT:
            _known.pop(next(iter(_known)))
        _known[key] = made
    return _known[key]
