"""The one exception that a cell may end with, shown as a sentence instead of a traceback."""

from __future__ import annotations

from textwrap import wrap

WIDTH = 80
"""Characters in a line. JupyterLab breaks a longer one of an error within a word."""


class LessonError(Exception):
    """A cell cannot go on, and its text says what to do. Jupyter shows the sentence alone."""

    def _render_traceback_(self) -> list[str]:
        lines = str(self).splitlines()
        return [
            part
            for line in lines
            for part in wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
        ]
