"""How a verdict is told: as text, as HTML that anybody can read, as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

from course_lib.exercises import Difference, PublicExercise, Result, Verdict, check_answer

HOSTILE = "<script>alert(1)</script>\"'&`<b>`"


def _hostile() -> Verdict:
    difference = Difference(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    result = Result("r", HOSTILE, HOSTILE, "failed", 0, 2, differences=(difference,), more=2)
    later = Result("s", HOSTILE, HOSTILE, "failed", 0, 2, differences=(difference,))
    waiting = Result("t", HOSTILE, HOSTILE, "not_checked", 0, 2, waits_for=HOSTILE)
    return Verdict(HOSTILE, HOSTILE, 0, 6, None, (result, later, waiting), 3, 2)


class _Page(HTMLParser):
    """What stands in a fragment: its tags, its text, and whether every tag is closed in turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_hostile_text_stays_text_in_html() -> None:
    page = _Page(_hostile().to_html())
    assert not {"script", "b", "style", "img"} & set(page.tags)
    assert page.attributes <= {"style", "aria-hidden", "scope", "open"}
    assert "<script>alert(1)</script>" in page.words


def test_html_says_every_state_in_words_and_has_real_structure(public: PublicExercise) -> None:
    answer = "-- migrate:up\nALTER TABLE users ADD COLUMN email VARCHAR;\n"
    verdict = check_answer(public, answer)
    page = _Page(verdict.to_html())
    assert {"h3", "h4", "table", "caption", "th"} <= set(page.tags)
    for word in ("passed", "not yet", "not checked", f"{verdict.points} of 10 points"):
        assert word in page.words
    assert "The grading also runs on 2 further databases" in page.words


def test_html_takes_every_colour_from_the_theme() -> None:
    page = _hostile().to_html()
    for part in page.split("color:")[1:]:
        assert part.startswith(("var(--jp-", "inherit"))


def test_first_failure_comes_first_in_text() -> None:
    lines = _hostile().to_text().split("\n")
    assert lines[0].endswith("0 of 6 points")
    assert lines[2].startswith("Not yet: ")
    assert "2 more differences of this kind." in _hostile().to_text()


def test_praise_is_a_fact_and_does_not_promise_what_was_not_seen(
    public: PublicExercise,
) -> None:
    answer = (
        "-- migrate:up\nALTER TABLE users ADD COLUMN email VARCHAR DEFAULT 'temp@example.com';\n"
        "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n"
        "ALTER TABLE users ALTER COLUMN email DROP DEFAULT;\n"
        "-- migrate:down\nALTER TABLE users DROP COLUMN email;\n"
    )
    text = " ".join(check_answer(public, answer).to_text().split())
    assert "All 8 requirements are met on the 3 databases that you can see." in text
    assert "3 of 3 databases came back exactly" in text
    assert "The grading also runs on 2 further databases" in text
    assert "!" not in text


def test_fault_is_told_as_ours_in_text_and_html() -> None:
    verdict = Verdict("e", "E", 0, 10, "the check itself failed (KeyError: 'x')", (), 0, 0)
    for told in (verdict.to_text(), _Page(verdict.to_html()).words):
        told = " ".join(told.split())
        assert "The check itself failed (KeyError: 'x'). This is not about the answer" in told
        assert "0 of 10" not in told


def test_control_characters_of_rows_do_not_reach_the_terminal(public: PublicExercise) -> None:
    answer = (
        "-- migrate:up\nALTER TABLE users ADD COLUMN email VARCHAR DEFAULT '\x1b[2J\u202eevil';\n"
        "-- migrate:down\nALTER TABLE users DROP COLUMN email;\n"
    )
    told = check_answer(public, answer).to_text()
    assert "evil" in told
    assert "\x1b" not in told and "\u202e" not in told


def test_json_has_exactly_the_five_parts_of_a_difference() -> None:
    data = json.loads(json.dumps(_hostile().to_json()))
    assert {"exercise", "points", "max_points", "fault", "requirements"} <= set(data)
    requirement = data["requirements"][0]
    assert {"id", "state", "points", "differences"} <= set(requirement)
    assert set(requirement["differences"][0]) == {
        "object",
        "is",
        "expected",
        "consequence",
        "where",
    }


def test_while_something_differs_it_says_how_to_ask_for_a_hint(public: PublicExercise) -> None:
    verdict = check_answer(public, "-- migrate:up\nALTER TABLE users ADD COLUMN email VARCHAR;\n")
    assert "Stuck?" not in verdict.to_text() and "Stuck?" not in verdict.to_html()
    asked = replace(verdict, hint_call='hint("add-email")')
    for told in (asked.to_text().replace("`", ""), _Page(asked.to_html()).words):
        first, _, rest = told.partition('Stuck? hint("add-email") gives one hint at a time.')
        assert "Not yet: " in first and "not yet" in rest
    assert "<code" in asked.to_html().split("Stuck?")[1][:10]


def test_no_hint_stands_in_a_verdict_where_nobody_would_know_that_it_was_read(
    public: PublicExercise,
) -> None:
    verdict = check_answer(public, "-- migrate:up\nALTER TABLE users ADD COLUMN email VARCHAR;\n")
    asked = replace(verdict, hint_call='hint("add-email")')
    for hint in public.task.hints:
        assert " ".join(hint.split()[:6]) not in " ".join(asked.to_text().split())
        assert " ".join(hint.split()[:6]) not in _Page(asked.to_html()).words


def test_an_answer_that_is_right_needs_no_hint(public: PublicExercise) -> None:
    up = (
        "-- migrate:up\nALTER TABLE users ADD COLUMN email VARCHAR DEFAULT 'temp@example.com';\n"
        "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n"
        "ALTER TABLE users ALTER COLUMN email DROP DEFAULT;\n"
    )
    down = "-- migrate:down\nALTER TABLE users DROP COLUMN email;\n"
    verdict = replace(check_answer(public, up + down), hint_call='hint("add-email")')
    assert "hint(" not in verdict.to_html() and "hint(" not in verdict.to_text()


def test_what_all_others_wait_for_is_said_once(public: PublicExercise) -> None:
    verdict = check_answer(public, "-- migrate:up\nALTER TABEL users;\n")
    for told in (verdict.to_text(), _Page(verdict.to_html()).words):
        assert " ".join(told.split()).count("All 7 not checked wait for: The up runs") == 1
        assert "This waits for" not in told
