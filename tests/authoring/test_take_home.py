"""A lesson's folder to take home reaches learners whole; a build leaves alone what they add."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.authoring import find_differences, make_site
from course_lib.cli import main
from tests.lone_lesson import copy_lesson

LESSON = "04-adding-a-column"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """One lesson with a folder to take home, one file of which is hidden."""
    folder = copy_lesson(LESSON, tmp_path / "lessons") / "take-home"
    (folder / ".github").mkdir(parents=True)
    (folder / "README.md").write_bytes(b"read me\n")
    (folder / ".github" / "check.yml").write_bytes(b"on: pull_request\n")
    return tmp_path


def test_it_is_carried_byte_for_byte_with_its_hidden_files(root: Path) -> None:
    site = make_site(root / "lessons")
    assert site.problems == ()
    for name in ("take-home/README.md", "take-home/.github/check.yml"):
        text = (root / "lessons" / LESSON / name).read_bytes()
        assert site.notebooks[f"{LESSON}/{name}"] == text
        assert site.course[f"source/{LESSON}/{name}"] == text


def test_a_build_keeps_what_a_learner_made_in_it_and_check_tells_of_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    assert main(["course", "build"]) == 0
    home = root / "notebooks" / LESSON / "take-home"
    (home / "migrations").mkdir()
    (home / "migrations" / "001_mine.sql").write_text("-- mine\n")
    (home / "README.md").write_text("edited\n")
    edited, added = find_differences(make_site(root / "lessons"), root / "notebooks")
    assert edited == f"notebooks/{LESSON}/take-home/README.md differs from what lessons/ gives."
    mine = f"notebooks/{LESSON}/take-home/migrations/001_mine.sql"
    assert added == f"{mine} comes from no lesson. Delete it, if you did not make it."
    assert main(["course", "build"]) == 0
    assert (home / "migrations" / "001_mine.sql").read_text() == "-- mine\n"
    assert (home / "README.md").read_text() == "read me\n"
