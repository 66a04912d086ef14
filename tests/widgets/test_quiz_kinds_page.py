"""Every kind of question on the page: by mouse and by keyboard, heard once, kept, seen by axe."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from course_lib.quiz import page_to_text, read_quiz, read_record
from course_lib.widgets import show_quiz
from tests.widgets.bench import Bench
from tests.widgets.hands import (
    BANK,
    QUESTIONS,
    RIGHT,
    SLOW,
    WRONG,
    by_keyboard,
    by_mouse,
    lone_bank,
    part,
)

pytestmark = pytest.mark.browser

QUIZZES = ("words-and-order", "for-real")
KINDS = [*WRONG]
Hand = Callable[[Page, Locator, str, Sequence[str]], None]


@pytest.fixture
def bench(browser: Browser, tmp_path: Path) -> Iterator[Bench]:
    """Both quizzes on one page."""
    bench = Bench(browser)
    show(bench, tmp_path)
    yield bench
    bench.close()


def show(bench: Bench, folder: Path) -> None:
    bank = lone_bank(folder)
    for name in QUIZZES:
        bench.show(name, show_quiz(bank, name, folder / "answers"))


@pytest.mark.parametrize("hand", [by_mouse, by_keyboard])
def test_each_kind_is_missed_then_right_is_heard_once_each_and_kept(
    bench: Bench, tmp_path: Path, hand: Hand
) -> None:
    page = bench.page
    for count, name in enumerate(KINDS):
        here = part(page, name)
        before = len(bench.heard())
        hand(page, here, name, WRONG[name])
        expect(here.locator(".updown-quiz-verdict")).to_contain_text("Not right.", timeout=SLOW)
        told = [text for text in bench.heard(before + 1)[before:] if text.startswith("Not right.")]
        assert len(told) == 1
        assert "The right answer" not in told[0]
        assert f"{count % 2 if count < 2 else count - 2} of" in told[0]
        hand(page, here, name, RIGHT[name])
        expect(here.locator(".updown-quiz-verdict")).to_have_text("Right.", timeout=SLOW)
        told = [text for text in bench.heard(before + 2)[before:] if text.startswith("Right.")]
        assert len(told) == 1
        expect(here.locator(".updown-quiz-solution")).to_be_hidden()
        if hand is by_keyboard:
            expect(here.get_by_role("button", name="Answer")).to_be_focused()
    for name in QUIZZES:
        quiz = read_quiz(BANK, name)
        record = read_record(tmp_path / "answers" / f"quiz-{name}.jsonl", quiz)
        assert record.set_aside == ()
        given = {one.question: [*one.given] for one in record.answers if one.right}
        assert {key: sorted(value) for key, value in given.items()} == {
            question.id: sorted(RIGHT[question.id]) for question in quiz.questions
        }
        assert all(one.seconds is not None for one in record.answers)


def test_two_misses_show_the_right_answer_of_each_kind_and_the_twin_says_the_same(
    bench: Bench,
) -> None:
    for name in KINDS:
        here = part(bench.page, name)
        for count in (1, 2):
            by_mouse(bench.page, here, name, WRONG[name])
            expect(here.locator(".updown-quiz-verdict")).to_contain_text("Not right", timeout=SLOW)
            settled = bench.page.get_by_text("Not right.").first
            expect(settled).to_be_visible()
            bench.page.wait_for_timeout(50)
            if count == 1:
                expect(here.locator(".updown-quiz-solution")).to_be_hidden()
        expect(here).to_contain_text("shown below" if _is_told(name) else "marked above")
    for name in QUIZZES:
        widget = bench._widgets[name]
        text = page_to_text(widget.page)  # type: ignore[arg-type]
        seen = bench.page.locator(".view").nth(QUIZZES.index(name)).inner_text()
        for question in widget.page["questions"]:
            solution = [line.strip() for line in question["solution"].splitlines()]
            for words in [*question["notes"], *solution]:
                assert words.replace("`", "") in seen
                assert words in text


def _is_told(name: str) -> bool:
    return QUESTIONS[name].kind not in ("one-choice", "several-choices", "predict")


def test_what_really_came_is_a_table_beside_the_verdict(bench: Bench) -> None:
    here = part(bench.page, "default-on-old-rows")
    by_mouse(bench.page, here, "default-on-old-rows", ["nulls"])
    table = here.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["id", "plan"], timeout=SLOW)
    expect(table.get_by_role("cell")).to_have_text(["1", "free", "2", "free"])
    expect(here).to_contain_text("DuckDB takes it.")


def test_any_order_is_right_that_has_each_step_after_those_that_it_needs(bench: Bench) -> None:
    here = part(bench.page, "from-idea-to-ledger")
    for middle in (["review", "rehearse"], ["rehearse", "review"]):
        order = ["write", *middle, "run", "track"]
        by_mouse(bench.page, here, "from-idea-to-ledger", order)
        expect(here.locator(".updown-quiz-verdict")).to_contain_text("Right")


def test_moving_a_step_is_said_and_the_ends_of_the_list_hold(bench: Bench) -> None:
    here = part(bench.page, "from-idea-to-ledger")
    here.get_by_role("button", name="Put in").first.click()
    expect(here.get_by_role("button", name="Put in").first).to_be_focused()
    assert len(bench.heard(1)) == 1
    here.get_by_role("button", name="Put in").first.click()
    said = bench.heard(2)
    assert [text.rsplit(": ", 1)[1] for text in said] == ["number 1 of 1.", "number 2 of 2."]
    up = here.get_by_role("button", name="Up: ").first
    expect(up).to_have_attribute("aria-disabled", "true")
    up.click(force=True)
    assert bench.heard(3)[-1].endswith("is the first already.")
    here.get_by_role("button", name="Down: ").first.click()
    assert bench.heard(4)[-1].endswith("number 2 of 2.")
    expect(here.get_by_role("button", name="Down: ").last).to_be_focused()


def test_nothing_given_says_what_to_do_and_sends_nothing(bench: Bench) -> None:
    words = {"match": "Choose one", "order": "Put in", "several-choices": "Pick at least one"}
    for name in KINDS:
        part(bench.page, name).get_by_role("button", name="Answer").click()
        kind = QUESTIONS[name].kind
        wanted = words.get(kind, "Pick one option" if kind == "predict" else "Write your answer")
        assert wanted in bench.heard()[-1]
    assert all(widget.state.answers == () for widget in bench._widgets.values())


def test_how_sure_and_how_long_are_kept(bench: Bench, tmp_path: Path) -> None:
    here = part(bench.page, "handles-that-are-null")
    here.get_by_label("How sure are you?").select_option("sure")
    by_mouse(bench.page, here, "handles-that-are-null", ["59"])
    expect(here.locator(".updown-quiz-verdict")).to_contain_text("Not right.")
    line = json.loads((tmp_path / "answers" / "quiz-for-real.jsonl").read_text())
    assert line["sure"] is True and 0 <= line["seconds"] < 300


def test_a_perfect_first_score_has_its_ending_and_another_has_links(
    browser: Browser, tmp_path: Path
) -> None:
    bench = Bench(browser)
    show(bench, tmp_path)
    for name in KINDS[:2]:
        by_mouse(bench.page, part(bench.page, name), name, RIGHT[name])
    ending = bench.page.locator(".view").first.locator(".updown-quiz-ending")
    expect(ending).to_contain_text("🏆 You crushed it!")
    expect(ending).to_contain_text("Perfect score on this module.")
    assert bench.heard()[-1].endswith("🏆 You crushed it! Perfect score on this module.")
    bench.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('afterbegin',"
        "'<h2>Break it on purpose</h2>')"
    )
    for name in KINDS[2:]:
        given = WRONG if name == "handles-that-are-null" else RIGHT
        for _ in range(2):
            by_mouse(bench.page, part(bench.page, name), name, given[name])
            bench.page.wait_for_timeout(50)
        expect(part(bench.page, name).locator(".updown-quiz-verdict")).to_contain_text(
            "ight", timeout=SLOW
        )
    second = bench.page.locator(".view").nth(1)
    link = second.get_by_role("link", name="that a blank is a text and NULL is not")
    expect(link).to_be_visible(timeout=SLOW)
    expect(second.locator(".updown-quiz-ending")).to_be_hidden()
    link.press("Enter")
    expect(bench.page.get_by_role("heading", name="Break it on purpose")).to_be_focused()
    bench.close()


LOOKS = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark", "color_scheme": "dark"},
    "forced colours": {"theme": "dark", "color_scheme": "dark", "forced_colors": "active"},
}


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the page gets in each state, by state and quiz: worked out once, as SQL runs for it."""
    folder = tmp_path_factory.mktemp("states")
    bank, answers = lone_bank(folder), folder / "answers"
    widgets = {name: show_quiz(bank, name, answers) for name in QUIZZES}
    steps = {"one miss": WRONG, "right answers shown": WRONG, "finished": RIGHT}
    found: dict[str, dict[str, Any]] = {}
    for state, given in steps.items():
        for name, widget in widgets.items():
            for question in read_quiz(BANK, name).questions:
                widget.answer(question.id, given[question.id])
            found.setdefault(state, {})[name] = {"page": json.loads(json.dumps(widget.page))}
    return found


def put(bench: Bench, state: dict[str, Any]) -> None:
    for name, traits in state.items():
        bench.page.evaluate("([id, t]) => models[id].receive(t)", [name, traits])
    bench.page.wait_for_timeout(50)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_any_state_of_any_kind(
    browser: Browser, tmp_path: Path, look: str, states: dict[str, dict[str, Any]]
) -> None:
    bench = Bench(browser, **LOOKS[look])  # type: ignore[arg-type]
    show(bench, tmp_path)
    axe = Axe()

    def look_over(state: str) -> None:
        found = axe.run(bench.page, context="main")
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"

    look_over("fresh")
    for name, state in states.items():
        put(bench, state)
        look_over(name)
    bench.close()


@pytest.mark.parametrize(("width", "zoom"), [(400, 1), (1280, 2)])
def test_narrow_and_zoomed_pages_lose_nothing_of_any_kind(
    browser: Browser, tmp_path: Path, width: int, zoom: int, states: dict[str, dict[str, Any]]
) -> None:
    bench = Bench(
        browser, viewport={"width": width // zoom, "height": 800}, reduced_motion="reduce"
    )
    show(bench, tmp_path)
    put(bench, states["right answers shown"])
    assert bench.page.evaluate("document.documentElement.scrollWidth") <= width // zoom
    cut = bench.page.eval_on_selector_all(
        ".updown-quiz *:not(.updown-quiz-live)",
        "all => all.filter(one => one.getBoundingClientRect().right > innerWidth + 0.5)"
        ".map(one => one.className)",
    )
    assert cut == []
    assert bench.page.evaluate("document.getAnimations().length") == 0
    bench.close()
