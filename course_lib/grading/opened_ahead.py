"""DuckDB in memory, opened before the forks, so that each has it without opening it."""

from __future__ import annotations

from pathlib import Path

from course_lib.exercises import close_ahead, open_ahead
from course_lib.migrations.statements import close_parser, parser

_THREADS = Path("/proc/self/task")


def open_instances() -> bool:
    """Open what every replay needs of DuckDB in memory; False where each has to do it itself.

    A fork has no thread but the one that forked, so the instances are closed again where they
    have made one, and never opened where the system does not tell.
    """
    if not _is_alone():
        return False
    parser()
    open_ahead()
    if _is_alone():
        return True
    close_parser()
    close_ahead()
    return False


def _is_alone() -> bool:
    return _THREADS.is_dir() and len([*_THREADS.iterdir()]) == 1
