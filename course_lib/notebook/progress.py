"""One line under a cell that says how far a long run is, and at the end how long it took."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import Any

from IPython.display import display

from course_lib.migrations import OnProgress, Progress, progress_text

from .display import soft


@contextlib.contextmanager
def shown_progress(command: str) -> Iterator[OnProgress]:
    """What draws the line. Work that is over before it is first called shows nothing."""
    line = _Line()
    began = time.monotonic()
    try:
        yield line.draw
    finally:
        line.end(f"`%migrate {command}` ran for {time.monotonic() - began:.1f} s.")


class _Line:
    def __init__(self) -> None:
        self._handle: Any = None  # IPython has no types for it

    def draw(self, progress: Progress) -> None:
        shown = soft(progress_text(progress))
        if self._handle is None:
            put: Any = display
            self._handle = put(shown, display_id=True)
        else:
            self._handle.update(shown)

    def end(self, text: str) -> None:
        if self._handle is not None:
            self._handle.update(soft(text))
