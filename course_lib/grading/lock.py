"""A submission is graded by one process at a time, whoever started that process.

The lock is an open file's, so it is gone with its process, however that ends.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

OWN_FOLDER = ".grading"
"""What grading keeps for itself in a course folder: locks, unfinished work, lists of runs."""

_held: set[Path] = set()
_one_thread = threading.RLock()


@contextlib.contextmanager
def submission_lock(course: Path, lesson: str, student: str) -> Iterator[None]:
    """Wait until nobody else grades this submission, and keep others waiting in the block.

    May be taken again inside the block by the same thread; other threads of the process wait too,
    also with another submission: nbgrader changes the current folder while it grades.
    """
    path = course / OWN_FOLDER / "locks" / lesson / student
    with _one_thread:
        if path in _held:
            yield
            return
        with locked(path):
            _held.add(path)
            try:
                yield
            finally:
                _held.remove(path)


@contextlib.contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of a file, which is made where it is missing.

    Raises BlockingIOError where another process has it and one does not `wait`.
    """
    # Only here: a system without it gets a sentence from `configure`, and not this error.
    import fcntl

    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o660)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(file)
