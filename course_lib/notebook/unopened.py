"""A kernel in which a cell was left out: the next one says in a sentence what to run first.

The course's Jupyter server starts its kernels with this module as an extension of IPython.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

from IPython.core.interactiveshell import InteractiveShell

from .errors import LessonError
from .folder import WORLD
from .lesson import active_lesson, is_active
from .made_by_cell import line_that_makes, makes
from .magics import register_magics

FIRST = "Run the first code cell of this notebook, then this one again."


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Called by IPython when a kernel starts. Does nothing where the folder is no lesson's.

    Before `begin` was called, the magics say the sentence themselves, and a name that is not there
    gets it in place of Python's traceback. Later a name gets one that another cell makes.
    """
    if Path(WORLD).is_file():
        register_magics(shell)
        set_custom_exc: Any = shell.set_custom_exc  # it has no types
        set_custom_exc((NameError,), _show_name_error)


def _show_name_error(
    shell: InteractiveShell,
    kind: type[BaseException],
    error: NameError,
    trace: TracebackType | None,
    tb_offset: int | None = None,
) -> None:
    # An UnboundLocalError is a NameError without a name.
    told = _what_is_missing(error.name, str(shell.user_ns["In"][-1])) if error.name else ""
    if told:
        shell.showtraceback((LessonError, LessonError(told), trace))
    else:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)


def _what_is_missing(name: str, cell: str) -> str:
    """What to run for a name that this cell misses; empty where Python's own error helps more."""
    if not is_active():
        return f"There is no `{name}` yet. {FIRST}"
    lesson = active_lesson()
    line = line_that_makes(name, lesson.folder / f"{lesson.name}.ipynb")
    if line is None or makes(name, cell):
        return ""
    return (
        f"There is no `{name}` yet. The cell with `{line}` makes it: run that cell, then this one"
        " again."
    )
