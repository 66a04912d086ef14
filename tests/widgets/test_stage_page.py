"""A scene's page in a real browser, and the widget behind it: a whole scene by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from course_lib.timeline.scenes import Stage, read_scene
from course_lib.widgets import show_stage
from tests.journeys.contrast import pale_texts
from tests.widgets.timeline_bench import TimelineBench

pytestmark = pytest.mark.browser

LESSONS = Path(__file__).parents[2] / "lessons"


@pytest.fixture
def stage() -> Stage:
    return Stage(read_scene(LESSONS / "drafts" / "scenes" / "new-teammate.toml"))


@pytest.fixture
def bench(browser: Browser, stage: Stage) -> Iterator[TimelineBench]:
    bench = TimelineBench(browser, asset="stage")
    bench.show("one", show_stage(stage))
    yield bench
    bench.close()


def test_a_whole_scene_by_keyboard_with_one_announcement_a_beat(bench: TimelineBench) -> None:
    page, press = bench.page, bench.page.keyboard.press
    expect(page.get_by_text("not here yet").first).to_be_attached()
    press("Tab")
    expect(page.get_by_role("button", name="Next stage.next()")).to_be_focused()
    told = ("begins with an empty database", "2 migrations applied", "Nothing to do", "same tables")
    for number, words in enumerate(told, start=1):
        press("Enter" if number % 2 else "Space")
        expect(page.locator(".updown-tl-said")).to_contain_text(words, timeout=30_000)
        assert len(bench.heard(number)) == number
        expect(page.locator(".updown-tl-story > li")).to_have_count(number)
        expect(page.get_by_role("button", name="Next stage.next()")).to_be_focused()
    expect(page.get_by_text("All 3 databases have the same tables.")).to_be_visible()
    letters = page.locator("tr", has=page.get_by_role("rowheader", name="Bea's laptop"))
    assert letters.locator(".updown-tl-letter").all_text_contents() == ["A", "C"]


def test_at_the_end_next_says_so_does_nothing_and_keeps_the_focus(
    bench: TimelineBench, stage: Stage
) -> None:
    page, press = bench.page, bench.page.keyboard.press
    onwards = page.get_by_role("button", name="Next stage.next()")
    expect(onwards).to_have_attribute("aria-disabled", "false")
    onwards.focus()
    beats = len(stage.scene.beats)
    for number in range(1, beats + 1):
        press("Enter")
        heard = bench.heard(number)
    expect(page.locator(".updown-tl-story > li")).to_have_count(beats)
    expect(onwards).to_have_attribute("aria-disabled", "true")
    expect(onwards).to_be_focused()
    expect(onwards).to_have_accessible_description(re.compile("The end"))
    press("Enter")
    onwards.click(force=True)
    page.wait_for_timeout(500)
    assert bench.heard(beats) == heard, "a press at the end is no turn"
    press("Tab")
    expect(page.get_by_role("button", name="From the beginning")).to_be_focused()
    press("Enter")
    expect(onwards).to_have_attribute("aria-disabled", "false", timeout=30_000)


def test_each_database_has_buttons_of_its_own_by_mouse(bench: TimelineBench) -> None:
    page = bench.page
    expect(page.get_by_role("button", name="Up, Bea's laptop", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Up, Ada's laptop", exact=True)).to_have_count(1)
    page.get_by_role("button", name="Down, Production").click()
    expect(page.locator(".updown-tl-said")).to_contain_text("taken back", timeout=30_000)
    expect(page.locator(".updown-tl-done")).to_contain_text('stage.down("production")')
    expect(page.get_by_text("like no other")).to_be_visible()
    page.get_by_role("button", name="Catch up, Production").click()
    expect(page.locator(".updown-tl-said")).to_contain_text("applied", timeout=30_000)
    page.get_by_role("button", name="Share, Ada's laptop").click()
    expect(page.locator(".updown-tl-said")).to_contain_text("nothing to share", timeout=30_000)
    page.get_by_role("button", name="From the beginning").click()
    expect(page.locator(".updown-tl-said")).to_contain_text("beginning", timeout=30_000)
    page.get_by_text("Everything so far as code").click()
    expect(page.locator(".updown-tl-pre")).to_contain_text('stage.catch_up("production")')
    assert [url for url in bench.requests if not url.startswith(("blob:", "data:"))] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_and_contrast_and_a_narrow_page(browser: Browser, theme: str) -> None:
    scene = LESSONS / "02-changes-without-chaos" / "scenes" / "one-number.toml"
    stage = Stage(read_scene(scene))
    for _ in range(5):  # until two files have one number
        stage.next()
    size = {"width": 400, "height": 900}
    bench = TimelineBench(browser, theme=theme, asset="stage", viewport=size)
    bench.show("one", show_stage(stage))
    found = Axe().run(bench.page, context=".view")
    assert found.violations_count == 0, found.generate_report()
    assert pale_texts(bench.page.locator(".updown-tl")) == []
    assert bench.page.evaluate("document.documentElement.scrollWidth") <= 400
    letters = set(bench.page.locator(".updown-tl-letter").all_text_contents())
    assert letters == {"A", "C", "P", "2"}
    bench.close()


@pytest.mark.parametrize(
    "content",
    [{"type": "act", "action": "by_hand", "value": "ada"}, {"type": "act", "action": "up"}, None],
)
def test_an_intent_that_makes_no_sense_shows_on_the_status_line(
    stage: Stage, content: object
) -> None:
    widget = show_stage(stage)
    widget._handle_custom_msg(content, [])
    assert "could not do this" in widget.status
    data = widget._repr_mimebundle_()[0]  # type: ignore[index]
    assert "A new teammate arrives" in data["text/plain"] and "<table>" in data["text/html"]
