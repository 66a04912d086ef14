"""What the commands for authors begin with: the course that they stand in, and its packages."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from course_lib.migrations import Problem

from .answer import Stopped, UsageError


def find_course() -> Path:
    """The folder that holds `lessons/`, here or above. Raises Stopped where there is none."""
    here = Path.cwd()
    for candidate in (here, *here.parents):
        if (candidate / "lessons").is_dir():
            return candidate
    what = "this folder and those above it hold no lessons/ folder"
    raise Stopped(
        Problem("course", str(here), what, "run this command in a checkout of the course")
    )


def load_authoring() -> ModuleType:
    """`course_lib.authoring`. Raises Stopped where a package that it needs is not installed."""
    try:
        from course_lib import authoring
    except ModuleNotFoundError as error:
        what = f"this needs the package {error.name}, which is not installed"
        step = 'install the course with its extras: pip install ".[notebook,class]"'
        raise Stopped(Problem("packages", "", what, step)) from None
    return authoring


def find_text(name: str, root: Path) -> Path:
    """The text of a lesson or draft by its name, or by its number alone. Raises UsageError."""
    authoring = load_authoring()
    lessons = root / "lessons"
    texts = [*authoring.find_lessons(lessons), *authoring.find_drafts(lessons)]
    names = [authoring.lesson_name(text) for text in texts]
    for text, known in zip(texts, names, strict=True):
        if name in (known, known[:2]):
            found: Path = text
            return found
    raise UsageError(f"There is no lesson {name}; there are {', '.join(names)}.")
