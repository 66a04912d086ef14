"""A lesson's scene in a notebook: found, shown, and told where it cannot be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course_lib.notebook import Lesson, scene
from course_lib.notebook.errors import LessonError
from tests.notebook.test_timeline_cell import shell as shell

SCENES = Path(__file__).parents[2] / "lessons" / "drafts" / "scenes"


@pytest.fixture
def scenes(lesson: Lesson) -> Path:
    folder = lesson.folder / "scenes"
    shutil.copytree(SCENES, folder)
    return folder


def test_a_scene_is_shown_as_a_widget_with_both_twins(scenes: Path, shell: object) -> None:
    stage = scene("drift")
    data, _ = shell.display_formatter.format(stage)  # type: ignore[attr-defined]
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "Somebody changes production by hand" in data["text/plain"]
    assert "<table>" in data["text/html"]


def test_a_scene_that_cannot_be_shown_is_told_without_a_path(scenes: Path) -> None:
    with pytest.raises(LessonError, match="The scene 'gone' cannot be shown"):
        scene("gone")
    (scenes / "drift.toml").write_text("format = 1\n")
    with pytest.raises(LessonError) as caught:
        scene("drift")
    assert "scenes/drift.toml, line 1" in str(caught.value)
    assert str(scenes) not in str(caught.value)
