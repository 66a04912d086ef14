"""docs/authors.md: every place and every question that its table of the source names is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from course_lib.authoring import find_lessons
from course_lib.quiz import read_bank

ROOT = Path(__file__).parents[2]
SECTION = "\n## What the source says, and where it is taught\n"
PAGE = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8").split(SECTION, 1)[1]
ROWS = [
    [part.strip() for part in row.strip("|").split(" | ")]
    for row in PAGE.split("\n## ", 1)[0].splitlines()
    if row.startswith('| "')
]


def lesson_of(number: str) -> Path:
    """The text of a numbered lesson; the start page has no number of its own."""
    texts = [one for one in find_lessons(ROOT / "lessons") if one.name == "lesson.md"]
    [text] = [one for one in texts if one.parent.name.startswith(f"{number}-")]
    return text


@cache
def headings(number: str) -> frozenset[str]:
    text = lesson_of(number).read_text(encoding="utf-8")
    return frozenset(re.findall(r"^#{1,4} +(.*?) *$", text, flags=re.MULTILINE))


@cache
def questions(number: str) -> frozenset[str]:
    bank = read_bank(lesson_of(number).with_name("quiz.toml"))
    return frozenset(question.id for quiz in bank for question in quiz.questions)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_claim_is_taught_and_asked_where_the_table_says(row: list[str]) -> None:
    quoted, taught, asked = row
    assert 1 <= len(quoted.split()) <= 9, "a few words of its own, no more"
    for place in taught.split("; "):
        found = re.fullmatch(r"(\d\d) \*(.+)\*", place)
        assert found and found[2] in headings(found[1]), place
    for place in asked.split("; "):
        found = re.fullmatch(r"(\d\d) `(.+)`", place)
        assert found and found[2] in questions(found[1]), place


def test_no_claim_stands_twice() -> None:
    quoted = [row[0] for row in ROWS]
    assert len(ROWS) >= 25 and len(set(quoted)) == len(quoted)
