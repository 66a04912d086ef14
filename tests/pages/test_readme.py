"""README.md's map of the lessons: each with its promise and minutes as its text has them."""

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
