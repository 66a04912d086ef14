"""A course with one lesson or a few in it, for tests that need no more."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from course_lib.quiz import read_bank

LESSONS = Path(__file__).parents[1] / "lessons"


def copy_lesson(name: str, lessons: Path) -> Path:
    """Copy a lesson into the folder `lessons`. Gives its folder there.

    Of a lesson whose questions come back in it the quiz bank is copied and no more, where that
    lesson is not there itself.
    """
    folder = lessons / name
    shutil.copytree(LESSONS / name, folder, dirs_exist_ok=True)
    for quiz in read_bank(folder / "quiz.toml"):
        if quiz.returns is not None and not (lessons / quiz.returns).exists():
            (lessons / quiz.returns).mkdir()
            shutil.copy(LESSONS / quiz.returns / "quiz.toml", lessons / quiz.returns)
    return folder


def copy_lessons(names: Iterable[str], lessons: Path) -> None:
    """Copy these lessons into the folder `lessons`."""
    for name in names:
        copy_lesson(name, lessons)
