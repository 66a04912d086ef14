"""The `updown course` commands for authors, run as processes in a small course."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.lone_lesson import copy_lesson

ROOT = Path(__file__).parents[2]
LESSON = "04-adding-a-column"


def make_course(folder: Path) -> Path:
    """A course with lesson 4 alone."""
    copy_lesson(LESSON, folder / "lessons")
    shutil.copytree(ROOT / "etc", folder / "etc")
    return folder


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "course_lib.cli", "course", *map(str, arguments)]


def run(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=folder, capture_output=True, text=True, check=False
    )
