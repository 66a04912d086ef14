"""The one exception that a cell may end with, shown as a sentence instead of a traceback."""

from __future__ import annotations


class LessonError(Exception):
    """A cell cannot go on, and its text says what to do. Jupyter shows the sentence alone."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]
