"""Where the files of a lesson lie."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from .errors import LessonError

WORLD = "world.sql"


def find_lesson_folder(lesson: str, start: Path | None = None) -> Path:
    """The folder that holds the lesson's `world.sql`, looked for from `start` (the current folder).

    A notebook runs in its own folder, and so do nbgrader's copies of it. From elsewhere in a
    checkout, the lesson is looked for in `notebooks/` here and above. Raises LessonError.
    """
    here = (start or Path.cwd()).resolve()
    for folder in _candidates(here, lesson):
        if (folder / WORLD).is_file():
            return folder
    raise LessonError(
        f"There is no lesson {lesson!r} in {here} or near it. Open the notebook from the lesson's"
        " own folder, or correct the name in begin(...)."
    )


def shown_path(path: Path) -> str:
    """A path as a learner sees it: relative to the current folder where that is shorter."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return relative if len(relative) < len(str(path)) else str(path)


def _candidates(here: Path, lesson: str) -> Iterator[Path]:
    if here.name == lesson or (here / f"{lesson}.ipynb").is_file():
        yield here
    for above in (here, *here.parents):
        yield above / lesson
        yield above / "notebooks" / lesson
