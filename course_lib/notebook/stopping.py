"""Interrupt Kernel, told to DuckDB as well.

DuckDB looks for a signal now and then, and then waits until its other threads have finished the
statement, since nobody has told them. That may take hours.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from course_lib.migrations import interrupt


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """In the block, an interruption ends the engine's statement and raises `KeyboardInterrupt`.

    Nothing is changed outside of the main thread, where Python lets nobody handle signals.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    interrupt()
    raise KeyboardInterrupt
