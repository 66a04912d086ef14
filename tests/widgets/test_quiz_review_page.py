"""A review on the page: by mouse and by keyboard, heard, kept, seen by axe, on narrow pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from course_lib.quiz import read_quiz, read_record
from course_lib.widgets import show_quiz
from tests.widgets.bench import Bench
from tests.widgets.hands import go_to

pytestmark = pytest.mark.browser

BANK = Path(__file__).parents[2] / "lessons" / "03-the-workflow" / "quiz.toml"
QUIZ = "four-reviews"


@pytest.fixture
def bench(browser: Browser, tmp_path: Path) -> Iterator[Bench]:
    """The four reviews on one page."""
    bench = Bench(browser, theme="light")
    bench.show(QUIZ, show_quiz(BANK, QUIZ, tmp_path / "answers"))
    yield bench
    bench.close()


def about(bench: Bench, words: str) -> Locator:
    """The review whose stem holds these words."""
    return bench.page.locator("fieldset.updown-quiz-question", has_text=words)


def press_answer(here: Locator) -> None:
    here.get_by_role("button", name="Answer").click()


def test_a_file_is_sent_back_by_mouse_and_the_answer_is_kept(bench: Bench, tmp_path: Path) -> None:
    here = about(bench, "Jonas wrote 002")
    expect(here.locator("pre").first).to_contain_text(" 8  DELETE FROM products;")
    here.get_by_label("Send it back: line 5").check()
    here.get_by_label("Because").select_option("numbers-taken")
    press_answer(here)
    verdict = here.locator(".updown-quiz-verdict")
    expect(verdict).to_contain_text("Not right.")
    expect(here).to_contain_text("as it was wished for")
    expect(here).to_contain_text("Then DuckDB would refuse the up")
    here.get_by_label("Send it back: line 8").check()
    here.get_by_label("Because").select_option("rows-of-others")
    press_answer(here)
    expect(verdict).to_have_text("Right.")
    expect(here.locator(".updown-quiz-solution")).to_be_hidden()
    record = read_record(tmp_path / "answers" / f"quiz-{QUIZ}.jsonl", read_quiz(BANK, QUIZ))
    assert [one.given for one in record.answers] == [
        ("line-5", "numbers-taken"),
        ("line-8", "rows-of-others"),
    ]


def test_the_same_by_keyboard_alone_and_it_is_heard_once(bench: Bench) -> None:
    page, here = bench.page, about(bench, "Jonas wrote 002")
    go_to(page, here.get_by_label("Approve it"))
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(here.get_by_label("Send it back: line 8")).to_be_checked()
    select = here.get_by_label("Because")
    go_to(page, select)
    page.keyboard.press("Home")
    for _ in range(5):
        if select.input_value() != "rows-of-others":
            page.keyboard.press("ArrowDown")
    before = len(bench.heard())
    go_to(page, here.get_by_role("button", name="Answer"))
    page.keyboard.press("Enter")
    expect(here.locator(".updown-quiz-verdict")).to_have_text("Right, at the first try.")
    told = [text for text in bench.heard()[before:] if text.startswith("Right")]
    assert len(told) == 1 and "48 products were there before" in told[0]


def test_whoever_approves_gives_no_reason(bench: Bench) -> None:
    here = about(bench, "Aiko wrote 001")
    here.get_by_label("Because").select_option("drops-a-table")
    here.get_by_label("Approve it").check()
    expect(here.get_by_label("Because")).to_be_disabled()
    expect(here.get_by_label("Because")).to_have_value("")
    press_answer(here)
    expect(here.locator(".updown-quiz-verdict")).to_have_text("Right, at the first try.")
    here.get_by_label("Send it back: line 8").check()
    expect(here.get_by_label("Because")).to_be_enabled()


def test_half_an_answer_says_what_is_missing_and_sends_nothing(bench: Bench) -> None:
    here = about(bench, "Mira wrote 004")
    press_answer(here)
    assert "Approve it or pick a line first" in bench.heard()[-1]
    here.get_by_label("Send it back: line 2").check()
    press_answer(here)
    assert "Choose a reason too" in bench.heard()[-1]
    assert bench._widgets[QUIZ].state.answers == ()


def test_a_view_that_is_opened_later_shows_the_last_answer(bench: Bench) -> None:
    bench._widgets[QUIZ].answer("review-suppliers", ["approve"])
    bench._widgets[QUIZ].answer("review-newsletter", ["line-2", "old-rows-empty"])
    bench.page.evaluate("([id, t]) => models[id].receive(t)", [QUIZ, bench.traits(QUIZ)])
    expect(about(bench, "Aiko wrote 001").get_by_label("Approve it")).to_be_checked()
    expect(about(bench, "Aiko wrote 001").get_by_label("Because")).to_be_disabled()
    expect(about(bench, "Mira wrote 004").get_by_label("Because")).to_have_value("old-rows-empty")


LOOKS = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark", "color_scheme": "dark"},
    "forced colours": {"theme": "dark", "color_scheme": "dark", "forced_colors": "active"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_a_narrow_page_loses_nothing(
    browser: Browser, tmp_path: Path, look: str
) -> None:
    bench = Bench(browser, **LOOKS[look], viewport={"width": 400, "height": 800})  # type: ignore[arg-type]
    widget = show_quiz(BANK, QUIZ, tmp_path / "answers")
    bench.show(QUIZ, widget)
    axe = Axe()

    def look_over(state: str) -> None:
        bench.page.evaluate("([id, t]) => models[id].receive(t)", [QUIZ, bench.traits(QUIZ)])
        bench.page.wait_for_timeout(50)
        found = axe.run(bench.page, context="main")
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"
        assert bench.page.evaluate("document.documentElement.scrollWidth") <= 400

    look_over("fresh")
    for state in ("one miss", "right answers shown"):
        widget.answer("review-suppliers", ["line-8", "drops-a-table"])
        widget.answer("review-min-total", ["line-6", "made-twice"])
        look_over(state)
    widget.answer("review-min-total", ["line-10", "not-its-own-table"])
    look_over("right")
    bench.close()
