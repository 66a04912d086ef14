"""README.md: its map of the lessons says what their texts say, and its commands are the page's."""

from __future__ import annotations

import re

import pytest

from tests.lessons.running import NAMES

from .readme_map import ROOT, lesson_map, picture_of, read_map


def test_the_map_is_what_the_lessons_say() -> None:
    assert read_map() == lesson_map(), "run: python -m tests.pages.readme_map"


@pytest.mark.parametrize("lesson", NAMES)
def test_a_lesson_has_one_small_picture_that_can_be_read_out(lesson: str) -> None:
    picture = picture_of(lesson)
    assert picture.exists(), f"run: python -m tests.journeys.lesson_pictures {lesson[:2]}"
    assert picture.stat().st_size < 60_000
    [row] = [one for one in read_map().splitlines() if lesson in one]
    shown = re.search(r'<img src="(.+?)" width="\d+" alt="(.+?)">', row)
    assert shown and ROOT / shown[1] == picture and len(shown[2]) > 20
    assert (ROOT / "notebooks" / lesson / f"{lesson}.ipynb").exists()


def test_the_commands_of_grading_are_those_of_the_instructors_page_which_are_run() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    grading = readme.partition("## Grading\n")[2].partition("```\n")[2].partition("```")[0]
    page = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8").splitlines()
    commands = [line for line in grading.splitlines() if line.startswith("updown")]
    assert len(commands) == 7
    assert [line for line in commands if line not in page] == []
