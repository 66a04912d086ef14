"""The beginning of a new lesson: a draft that is whole in form and says what to write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from course_lib.authoring.found import DRAFTS

ID = re.compile(r"[0-9]{2}(-[a-z0-9]+)+")
"""What a lesson's folder is called: a number of two digits, then words."""

FILES: Mapping[str, str] = {
    "lesson.md": "lesson.md",
    "world.sql": "world.sql",
    "quiz.toml": "quiz.toml",
    "exercise.toml": "exercises/add-stock.toml",
    "instructor.md": "instructor.md",
}
"""The files of the skeleton, by their names in this package: where each stands in a lesson."""


class LessonExists(Exception):
    """There is a lesson, or a draft, of that name or that number; the text names its folder."""


def write_skeleton(lesson: str, lessons: Path) -> Path:
    """Write a draft of that id, such as `10-splitting-a-table`, and give its folder.

    Raises ValueError for an id that is none, LessonExists where the number is taken; nothing is
    written then.
    """
    if not ID.fullmatch(lesson):
        raise ValueError(lesson)
    number = lesson[:3]
    taken = [*lessons.glob(f"{number}*"), *(lessons / DRAFTS).glob(f"{number}*")]
    if taken:
        raise LessonExists(taken[0].relative_to(lessons.parent).as_posix())
    folder = lessons / DRAFTS / lesson
    title = lesson[3:].replace("-", " ").capitalize()
    for name, place in FILES.items():
        text = files("course_lib.authoring").joinpath("skeleton_files", name).read_text("utf-8")
        filled = text.replace("{lesson}", lesson).replace("{number}", str(int(lesson[:2])))
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(filled.replace("{title}", title), encoding="utf-8")
    return folder
