"""Projects are made when they are asked for, kept, and deleted when the notebook ends."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from course_lib.notebook import begin
from course_lib.notebook import lesson as lesson_module
from course_lib.notebook.errors import LessonError
from course_lib.notebook.frameworks import TOOLS
from course_lib.notebook.frameworks import open as opening
from course_lib.notebook.frameworks.open import project_of

from .trying import WORLD, Shop

ENDS_WITH_A_PROJECT = """
import sys
from pathlib import Path
from course_lib.notebook import Lesson
from course_lib.notebook.database import LessonDatabase
from course_lib.notebook.frameworks import TOOLS
from course_lib.notebook.frameworks.open import project_of
print(project_of(TOOLS["django"], Lesson("x", LessonDatabase(Path(sys.argv[1])))).folder)
"""


def test_a_project_is_made_once_and_a_new_start_of_the_lesson_deletes_it(shop: Shop) -> None:
    first = project_of(TOOLS["updown"], shop.lesson)
    assert project_of(TOOLS["updown"], shop.lesson) is first
    assert "starts again" in shop.lesson.start_again().text
    assert not first.folder.exists()


def test_the_first_cell_of_a_lesson_gives_the_tools_a_fresh_start(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = project_of(TOOLS["updown"], shop.lesson)
    (shop.lesson.folder / f"{shop.lesson.name}.ipynb").touch()
    monkeypatch.chdir(shop.lesson.folder)
    monkeypatch.setattr(lesson_module, "_active", None)
    begin(shop.lesson.name).database.close()
    assert not before.folder.exists()
    assert project_of(TOOLS["updown"], shop.lesson).folder != before.folder


def test_nothing_is_left_when_the_program_ends(tmp_path: Path) -> None:
    (tmp_path / "world.sql").write_bytes(WORLD.read_bytes())
    (tmp_path / "temporary").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", ENDS_WITH_A_PROJECT, str(tmp_path)],
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
        capture_output=True,
        text=True,
    )
    made = Path(done.stdout.strip())
    assert made.is_relative_to(tmp_path / "temporary") and done.stderr == ""
    assert [*(tmp_path / "temporary").iterdir()] == []


def test_a_tool_that_is_not_installed_is_told_with_what_to_do(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "find_spec", lambda name: None)
    with pytest.raises(LessonError, match=r"django is not installed .* bootstrap\.py lab"):
        project_of(TOOLS["django"], shop.lesson)


def test_a_project_that_cannot_begin_says_so_and_leaves_no_folder(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    with pytest.raises(LessonError, match="did not start"):
        project_of(TOOLS["alembic"], shop.lesson)
    assert [*(tmp_path / "temporary").iterdir()] == []
