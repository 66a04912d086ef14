"""The start page's map: the minutes of each lesson and each path are those that the lessons say."""

from __future__ import annotations

import re

from course_lib.authoring.prose import promised_minutes
from tests.lessons.running import NAMES

from .readme_map import ROOT

PAGE = (ROOT / "lessons" / "00-start.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| \[.+?\]\((.+?)/.+?\) \| .+? \| ([ABC ]+) \| (\d+) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE)


def test_the_minutes_are_what_each_lesson_promises() -> None:
    said = {name: (ROOT / "lessons" / name / "lesson.md").read_text("utf-8") for name in NAMES}
    assert {name: int(minutes) for name, _, minutes in ROWS} == {
        name: promised_minutes(text) for name, text in said.items()
    }


def test_the_minutes_of_a_path_through_whole_lessons_are_their_sum() -> None:
    for path in "BC":
        found = re.search(rf"^- \*\*{path}, (\d+) minutes\*\*", PAGE, re.MULTILINE)
        assert found, path
        assert int(found[1]) == sum(int(minutes) for _, paths, minutes in ROWS if path in paths)
