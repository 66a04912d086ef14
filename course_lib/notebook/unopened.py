"""A kernel in which no lesson was opened yet: each cell says in one sentence what to run first.

The course's Jupyter server starts its kernels with this module as an extension of IPython.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

from IPython.core.interactiveshell import InteractiveShell

from .errors import LessonError
from .folder import WORLD
from .lesson import is_active
from .magics import register_magics

FIRST = "Run the first code cell of this notebook, then this one again."


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Called by IPython when a kernel starts. Does nothing where the folder is no lesson's.

    The magics say the sentence themselves; a name that is not there gets it in place of Python's
    traceback, until `begin` was called.
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
    if is_active():
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
    else:
        told = LessonError(f"There is no `{error.name}` yet. {FIRST}")
        shell.showtraceback((LessonError, told, trace))
