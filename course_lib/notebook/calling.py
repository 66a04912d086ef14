"""`call(function, ...)`: a learner's own function is called, and what came of it is told."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

from .display import Shown, panel, sentence, soft

_OF_ANSWER = "<answer "


def call(function: Callable[..., Any], *arguments: Any) -> Shown:
    """Call it, and show what it returned, or in one sentence what stopped it and where.

    A stub says so, and so does a name that no answer cell has made known yet.
    """
    name = getattr(function, "__name__", "")
    name = f"`{name}`" if name.isidentifier() else "It"
    try:
        returned = function(*arguments)
    except NotImplementedError as error:
        stub = _where(error)[0]
        said = f"`{stub}` is not written yet." if stub else f"{name} is not written yet."
        return panel(said, tone="note")
    except NameError as error:
        return panel(
            f"`{error.name}` is not known in this notebook.",
            sentence("Run the cell that defines it, then this one."),
            tone="note",
        )
    except KeyboardInterrupt as error:
        inside, line = _where(error)
        where = f"Line {line} of `{inside}` was running." if line else ""
        return panel(f"{name} was stopped by you.", sentence(where), tone="note")
    except Exception as error:  # noqa: BLE001  it is the learner's, and is told
        inside, line = _where(error)
        said = str(error).split("\n\n")[0]
        where = f" Line {line} of `{inside}` was running." if line else ""
        return panel(
            f"{name} stopped with an error.",
            sentence(f"{type(error).__name__}: {said.rstrip('.!')}.{where}"),
            tone="refused",
        )
    if returned is None:
        return panel(f"{name} came to its end.", tone="done")
    return panel(f"{name} returned:", soft(repr(returned)), tone="done")


def _where(error: BaseException) -> tuple[str, int]:
    """The last function of an answer that was running, and its line; nothing where none was."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(_OF_ANSWER):
            return frame.name, frame.lineno or 0
    return "", 0
