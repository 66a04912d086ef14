"""Which lesson is being built: a bar on a terminal, a line each elsewhere, nothing for programs."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.classroom.class_course import LESSON, ROOT, make_checkout

from .project import updown
from .terminal import last_screen, on_terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the start page and one lesson."""
    folder = make_checkout(tmp_path_factory.mktemp("checkout"))
    shutil.copy(ROOT / "lessons" / "00-start.md", folder / "lessons")
    return folder


def test_a_terminal_shows_a_bar_that_is_gone_at_the_end(checkout: Path, tmp_path: Path) -> None:
    printed, shown = on_terminal(checkout, "class", "new", str(tmp_path / "class"))
    assert f"[{'#' * 12}{'-' * 12}] 1 of 2 built, now {LESSON}" in shown
    assert "\n" not in shown and last_screen(shown) == ""
    assert "1 of 2" not in printed


def test_elsewhere_each_lesson_is_a_line_beside_the_answer(checkout: Path, tmp_path: Path) -> None:
    made = updown(checkout, "class", "new", str(tmp_path / "class"))
    lines = ["Building 00-start (1 of 2)", f"Building {LESSON} (2 of 2)"]
    assert made.stderr.splitlines() == lines
    assert made.stdout.startswith("The class is in ")
    assert updown(checkout, "course", "build").stderr.splitlines() == lines


def test_programs_get_their_object_alone(checkout: Path, tmp_path: Path) -> None:
    printed, shown = on_terminal(checkout, "class", "new", str(tmp_path / "class"), "--json")
    assert json.loads(printed)["lessons"] == [LESSON]
    assert shown == ""
