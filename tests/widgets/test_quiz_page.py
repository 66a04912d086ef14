"""The quiz's page in a real browser: keyboard, announcements, focus, views, themes, axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from course_lib.widgets import QuizWidget, show_quiz
from tests.widgets.bench import Bench

pytestmark = pytest.mark.browser

BANK = Path(__file__).parents[2] / "lessons" / "04-adding-a-column" / "quiz.toml"
RIGHT = ["no-value-yet", "refused", "as-before", "reverse-order", "no-null"]
WRONG = ["style", "passes-too", "stopped-there", "same-order", "real-text"]


def make(folder: Path) -> QuizWidget:
    return show_quiz(BANK, "adding-a-column", folder / "answers")


@pytest.fixture
def bench(browser: Browser, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(browser)
    bench.show("quiz", make(tmp_path))
    yield bench
    bench.close()


def group(page: Page | Locator, number: int = 1) -> Locator:
    return page.get_by_role("group", name=re.compile(f"^Question {number} of 5"))


def answer(page: Page | Locator, number: int, option: str) -> None:
    part = group(page, number)
    part.locator(f"input[value={option}]").check()
    part.get_by_role("button", name="Answer").click()
    expect(part.locator(f".updown-quiz-option:has([value={option}])")).not_to_have_attribute(
        "data-mark", "open"
    )


def test_a_question_is_a_named_group_of_radios_with_one_button(bench: Bench) -> None:
    part = group(bench.page)
    expect(part).to_have_accessible_name(re.compile("Why does the migration add email first"))
    expect(part.get_by_role("radio")).to_have_count(3)
    expect(part.get_by_role("button", name="Answer")).to_have_count(1)
    names = bench.page.eval_on_selector_all("input", "all => all.map(one => one.name)")
    assert len(set(names)) == 5
    assert bench.page.locator("[role=status], [aria-live]").count() == 1


def test_the_keyboard_alone_answers_the_whole_quiz(bench: Bench) -> None:
    page, press = bench.page, bench.page.keyboard.press
    for number, right in enumerate(RIGHT, start=1):
        press("Tab")
        here = group(page, number).get_by_role("radio")
        place = [here.nth(i).get_attribute("value") for i in range(here.count())].index(right)
        expect(here.first).to_be_focused()
        press("Space")
        for _ in range(place):
            press("ArrowDown")
        expect(here.nth(place)).to_be_checked()
        press("Tab")
        expect(group(page, number).get_by_role("combobox")).to_be_focused()
        press("Tab")
        expect(group(page, number).get_by_role("button")).to_be_focused()
        press("Enter" if number % 2 else "Space")
        expect(group(page, number)).to_contain_text("Right, at the first try.")
        expect(group(page, number).get_by_role("button")).to_be_focused()
    expect(page.locator(".updown-quiz-progress")).to_have_text(
        "All 5 done. Right at the first try: 5 of 5."
    )


def test_a_wrong_pick_explains_itself_and_keeps_the_right_option_unmarked(bench: Bench) -> None:
    answer(bench.page, 1, "style")
    part = group(bench.page)
    expect(part.get_by_text("One step would read well")).to_be_visible()
    expect(part.get_by_text("✓ Right")).to_be_hidden()
    assert "leaves NULL in every row" not in bench.page.content()
    answer(bench.page, 1, "update-locked")
    expect(part.get_by_text("✓ Right")).to_be_visible()
    expect(part.get_by_text("leaves NULL in every row")).to_be_visible()
    expect(part.get_by_text("One step would read well")).to_be_visible()
    expect(part.locator("[value=update-locked]")).to_be_checked()
    expect(part.locator("[value=style]")).to_have_accessible_description(
        re.compile("One step would read well")
    )


def test_every_verdict_is_announced_once_and_alike_verdicts_again(bench: Bench) -> None:
    answer(bench.page, 1, "style")
    (first,) = bench.heard(1)
    assert first.startswith("Not right.") and "One step would read well" in first
    answer(bench.page, 3, "as-before")
    said = bench.heard(2)
    assert len(said) == 2 and said[1].startswith("Right, at the first try.")
    group(bench.page, 3).get_by_role("button").click()
    said = bench.heard(3)
    assert len(said) == 3 and said[2].startswith("Right.")


def test_the_end_tells_the_score_and_what_to_look_at_again(bench: Bench) -> None:
    answer(bench.page, 1, WRONG[0])
    for number, option in enumerate(RIGHT, start=1):
        answer(bench.page, number, option)
    page = bench.page
    expect(page.get_by_text("Right at the first try: 4 of 5.", exact=False).first).to_be_visible()
    topics = page.get_by_role("listitem")
    expect(topics).to_have_text(["why the migration takes three steps"])
    assert "Right at the first try: 4 of 5." in bench.heard()[-1]


def test_answer_without_a_pick_says_what_to_do(bench: Bench) -> None:
    group(bench.page).get_by_role("button").click()
    expect(bench.page.get_by_text("Pick one option first").first).to_be_visible()
    assert bench.heard(1) == ["Pick one option first, then press Answer."]
    answer(bench.page, 1, "style")
    expect(bench.page.locator(".updown-quiz-status")).to_be_hidden()


def test_a_redraw_keeps_every_element_and_the_focus(bench: Bench) -> None:
    page = bench.page
    page.evaluate("window.before = [...document.querySelectorAll('input, button, fieldset')]")
    radio = group(page).locator("[value=style]")
    answer(page, 1, "style")
    radio.focus()
    page.keyboard.press("ArrowDown")
    bench._widgets["quiz"].answer("why-three-steps", ["update-locked"])
    page.evaluate("(traits) => models.quiz.receive(traits)", bench.traits("quiz"))
    page.wait_for_timeout(100)
    assert page.evaluate(
        "[...document.querySelectorAll('input, button, fieldset')]"
        ".every((one, index) => one === window.before[index])"
    )
    expect(group(page).get_by_role("radio").nth(1)).to_be_focused()
    expect(group(page).get_by_role("radio").nth(1)).to_be_checked()


def test_two_views_of_one_widget_agree_and_only_one_speaks(bench: Bench) -> None:
    bench.page.evaluate("open_view('quiz')")
    first, second = (bench.page.locator(".view").nth(index) for index in (0, 1))
    group(second, 2).locator("[value=empty-text]").check()
    answer(first, 1, "style")
    expect(group(second).get_by_text("One step would read well")).to_be_visible()
    expect(group(second).locator("[value=style]")).to_be_checked()
    expect(group(first).locator("[value=style]")).to_be_checked()
    expect(group(second, 2).locator("[value=empty-text]")).to_be_checked()
    assert len(bench.heard(1)) == 1
    ids = bench.page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_two_quizzes_on_one_page_do_not_disturb_each_other(bench: Bench, tmp_path: Path) -> None:
    bench.show("other", make(tmp_path / "other"))
    first, second = (bench.page.locator(".view").nth(index) for index in (0, 1))
    group(second).locator("[value=no-value-yet]").check()
    answer(first, 1, "style")
    expect(group(second).locator("[value=no-value-yet]")).to_be_checked()
    expect(second.get_by_text("One step would read well")).to_be_hidden()
    assert list(bench.page.evaluate("metadata.updown.quiz")) == ["adding-a-column"]


def test_a_closed_view_listens_no_more(bench: Bench) -> None:
    assert bench.page.evaluate("models.quiz.listeners()") == 3
    bench.page.evaluate("document.querySelector('.view').end()")
    assert bench.page.evaluate("models.quiz.listeners()") == 0


def test_keys_typed_in_the_quiz_stay_there_and_chords_and_escape_pass(bench: Bench) -> None:
    group(bench.page).locator("[value=style]").focus()
    for key in ("ArrowDown", "Enter", "d", "Shift+M", "0", "Escape", "Control+s"):
        bench.page.keyboard.press(key)
    assert bench.page.evaluate("window.keys") == ["Escape", "Control", "s"]


def test_a_silent_kernel_is_told_and_the_next_answer_works(bench: Bench) -> None:
    bench.page.clock.install()
    bench.silent = True
    group(bench.page).locator("[value=style]").check()
    group(bench.page).get_by_role("button").click()
    bench.page.clock.run_for(13000)
    expect(bench.page.get_by_text("No reply from the kernel yet").first).to_be_visible()
    bench.silent = False
    group(bench.page).get_by_role("button").click()
    bench.page.wait_for_timeout(100)
    bench.page.clock.run_for(500)
    expect(bench.page.get_by_text("One step would read well").first).to_be_visible()
    expect(bench.page.locator(".updown-quiz-status")).to_be_hidden()


def test_a_second_answer_while_the_first_is_judged_is_told_and_not_lost_in_silence(
    bench: Bench,
) -> None:
    bench.silent = True
    for number, option in ((1, "style"), (3, "as-before")):
        group(bench.page, number).locator(f"[value={option}]").check()
        group(bench.page, number).get_by_role("button").click()
    expect(bench.page.locator(".updown-quiz-status")).to_contain_text("still being judged")
    assert bench.heard(1)[-1].startswith("The answer before this one")


def test_a_fault_of_the_kernel_is_on_the_status_line_and_heard(
    bench: Bench, tmp_path: Path
) -> None:
    (tmp_path / "answers").write_text("a file in the way")
    bench.page.evaluate("open_view('quiz')")
    first, second = (bench.page.locator(".view").nth(index) for index in (0, 1))
    answer(first, 1, "style")
    for view in (first, second):
        expect(view.locator(".updown-quiz-status")).to_contain_text("is not saved")
    (said,) = bench.heard(1)
    assert said.startswith("Not right.") and "This answer is not saved" in said


def test_answers_are_mirrored_into_the_notebook_and_never_lost_there(
    bench: Bench, tmp_path: Path
) -> None:
    assert bench.page.evaluate("metadata") == {}
    bench.page.evaluate("metadata.updown = {other: 1}")
    answer(bench.page, 1, "style")
    kept = bench.page.evaluate("metadata.updown")
    assert kept["other"] == 1
    assert kept["quiz"]["adding-a-column"]["questions"]["why-three-steps"]["first"] == ["style"]
    bench.show("again", make(tmp_path / "arrived-without-its-answers"))
    assert bench.page.evaluate("metadata.updown") == kept


def test_a_host_without_a_notebook_is_no_error(bench: Bench, tmp_path: Path) -> None:
    bench.page.evaluate("delete models.quiz.widget_manager")
    answer(bench.page, 1, "style")
    expect(group(bench.page)).to_contain_text("Not right.")


def test_code_in_texts_is_code_and_markup_is_text(bench: Bench) -> None:
    expect(group(bench.page).locator("legend code").first).to_have_text("users")
    bench.page.evaluate(
        "models.quiz.receive({status: '<img src=x onerror=\"window.bad = 1\"> `<b>`'})"
    )
    expect(bench.page.locator(".updown-quiz-status code")).to_have_text("<b>")
    assert bench.page.locator("img").count() == 0


def test_nothing_is_asked_from_the_network_and_nothing_outside_changes(
    browser: Browser, tmp_path: Path
) -> None:
    bench = Bench(browser)
    style = "JSON.stringify([...document.querySelectorAll('.outside, .outside *')].map(one =>"
    style += " Object.fromEntries([...getComputedStyle(one)].map(k => [k,"
    style += " getComputedStyle(one).getPropertyValue(k)]).filter(([k]) => k !== 'width'))))"
    before = bench.page.evaluate(style)
    bench.show("quiz", make(tmp_path))
    answer(bench.page, 1, "style")
    assert bench.page.evaluate(style) == before
    assert [url for url in bench.requests if not url.startswith(("blob:", "about:"))] == []
    bench.close()


LOOKS = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark", "color_scheme": "dark"},
    "system light": {"theme": None, "color_scheme": "light"},
    "system dark": {"theme": None, "color_scheme": "dark"},
    "forced colours": {"theme": "dark", "color_scheme": "dark", "forced_colors": "active"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_any_state(browser: Browser, tmp_path: Path, look: str) -> None:
    bench = Bench(browser, **LOOKS[look])  # type: ignore[arg-type]
    bench.show("quiz", make(tmp_path))
    axe = Axe()

    def look_over(state: str) -> None:
        found = axe.run(bench.page, context=".view")
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"

    look_over("fresh")
    answer(bench.page, 1, WRONG[0])
    look_over("one miss")
    answer(bench.page, 1, "update-locked")
    look_over("right option shown")
    for number, option in enumerate(RIGHT[1:], start=2):
        answer(bench.page, number, option)
    group(bench.page).locator("[value=no-value-yet]").check()
    bench.page.evaluate("models.quiz.receive({status: 'Something needs attention.'})")
    look_over("finished, with a status")
    bench.close()


@pytest.mark.parametrize(("width", "zoom"), [(400, 1), (1280, 2), (400, 2)])
def test_narrow_and_zoomed_pages_lose_nothing(
    browser: Browser, tmp_path: Path, width: int, zoom: int
) -> None:
    bench = Bench(browser, viewport={"width": width // zoom, "height": 800})
    bench.show("quiz", make(tmp_path))
    for number, option in enumerate(WRONG, start=1):
        answer(bench.page, number, option)
    assert bench.page.evaluate("document.documentElement.scrollWidth") <= width // zoom
    cut = bench.page.eval_on_selector_all(
        ".updown-quiz *:not(.updown-quiz-live)",
        "all => all.filter(one => one.getBoundingClientRect().right > innerWidth + 0.5)"
        ".map(one => one.className)",
    )
    assert cut == []
    bench.close()


def test_nothing_moves_by_itself(bench: Bench) -> None:
    answer(bench.page, 1, "style")
    assert bench.page.evaluate("document.getAnimations().length") == 0


def test_right_and_missed_are_told_apart_without_colour(bench: Bench) -> None:
    answer(bench.page, 1, "style")
    answer(bench.page, 1, "no-value-yet")
    part = group(bench.page)
    expect(part.locator("[data-mark=missed] .updown-quiz-mark")).to_have_text("✗ Not right.")
    expect(part.locator("[data-mark=right] .updown-quiz-mark")).to_have_text("✓ Right.")


@pytest.mark.parametrize(("width", "lines"), [(1280, 1), (640, 1), (400, 2)])
def test_a_verdict_is_whole_beside_the_button_or_whole_below_it(
    browser: Browser, tmp_path: Path, width: int, lines: int
) -> None:
    bench = Bench(browser, viewport={"width": width, "height": 800})
    # JupyterLab's letters: with them the button leaves a place that is nearly wide enough.
    bench.page.add_style_tag(content=":root { --jp-content-font-size1: 14px }")
    bench.show("quiz", make(tmp_path))
    answer(bench.page, 1, "style")
    verdict = group(bench.page).locator(".updown-quiz-verdict")
    box, line = verdict.bounding_box(), verdict.evaluate("one => getComputedStyle(one).lineHeight")
    assert box is not None and box["height"] <= lines * float(line.removesuffix("px")) + 1
    bench.close()
