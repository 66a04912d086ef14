"""The twins: everything a page shows is in the text and in the HTML, and nothing more."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

from course_lib.quiz import (
    OneChoice,
    Option,
    Quiz,
    State,
    page_of,
    page_to_html,
    page_to_text,
)

AT = datetime(2026, 11, 23, tzinfo=UTC)
OPTIONS = (
    Option("a", "Use `a < b`", "No: <script>alert(1)</script>", False, "m"),
    Option("b", "Use `b`", "Because b & c hold", True, None),
    Option("c", "Use `c`", "No: c is late", False, "n"),
)
QUIZ = Quiz(
    "q", "Cats & dogs", (OneChoice("one", "Which?", "the letters", OPTIONS, sql="SELECT 1 < 2"),)
)


def test_a_fresh_quiz_shows_the_question_and_gives_nothing_away() -> None:
    page = page_of(State(QUIZ))
    for twin in (page_to_text(page), page_to_html(page)):
        assert "Which?" in twin and "SELECT 1" in twin and "Not answered yet." in twin
        assert "hold" not in twin and "✓" not in twin


def test_an_answer_is_shown_with_its_verdict_and_explanation() -> None:
    page = page_of(State(QUIZ).pick("one", ("c",), AT))
    text = page_to_text(page)
    assert "(x) Use `c` (your answer)\n       No: c is late" in text and "Not right." in text
    html = page_to_html(page)
    assert "<code>c</code> (your answer)" in html and "No: c is late" in html


def test_a_finished_quiz_shows_the_score_and_what_to_look_at_again() -> None:
    page = page_of(State(QUIZ).pick("one", ("c",), AT).pick("one", ("b",), AT))
    for twin in (page_to_text(page), page_to_html(page)):
        assert "Right at the first try: 0 of 1." in twin
        assert "Look again at:" in twin and "the letters" in twin


def test_a_status_is_part_of_both_twins() -> None:
    page = page_of(State(QUIZ))
    assert "1 line is odd" in page_to_text(page, "1 line is odd")
    assert "1 line is odd" in page_to_html(page, "1 line is odd")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag != "script"
        self.attributes += attrs
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_html_is_well_formed_plain_and_escaped() -> None:
    state = State(QUIZ).pick("one", ("a",), AT).pick("one", ("b",), AT)
    tags = _Tags()
    tags.feed(page_to_html(page_of(state)))
    assert tags.open == [] and tags.attributes == []
