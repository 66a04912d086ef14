"""nbgrader for this course: its configuration, SQL stubs, the release, replay, the feedback page.

The names below are read when they are asked for: the program that replays a submission is in this
room too, and nbgrader takes longer to import than the replay takes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_lib.grading.configuration import configure
    from course_lib.grading.release import release_notebook, write_notebook

__all__ = ["configure", "release_notebook", "write_notebook"]

_HOMES = {
    "configure": "configuration",
    "release_notebook": "release",
    "write_notebook": "release",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
