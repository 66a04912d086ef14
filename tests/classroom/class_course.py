"""A checkout with lesson 4 alone, and a class made of it once, to be copied by each test."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from course_lib.cli import main
from tests.lone_lesson import copy_lesson

ROOT = Path(__file__).parents[2]
LESSON = "04-adding-a-column"
ROSTER = """\
id,last_name,first_name,email,lms_user_id
ada,Lovelace,Ada,ada@example.org,901
grace,Hopper,Grace,,902
lin,Łukasiewicz,Lin,,903
"""


def make_checkout(folder: Path) -> Path:
    """A checkout of the course whose one lesson is lesson 4."""
    copy_lesson(LESSON, folder / "lessons")
    shutil.copytree(ROOT / "etc", folder / "etc")
    return folder


def updown_class(checkout: Path, *arguments: str | Path) -> int:
    """`updown class` in the checkout; what a configuration sets in this process is undone."""
    with _standing_in(checkout):
        return main(["class", *map(str, arguments)])


def names_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with what it holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@contextlib.contextmanager
def _standing_in(folder: Path) -> Iterator[None]:
    with mock.patch.dict(os.environ), contextlib.chdir(folder):
        yield
