"""The timeline's page in a real browser: keyboard, announcements, focus, views, themes, axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from course_lib.timeline import Timeline
from course_lib.widgets import show_timeline
from tests.journeys.contrast import pale_texts
from tests.timeline.conftest import make_shop
from tests.widgets.timeline_bench import TimelineBench

pytestmark = pytest.mark.browser


@pytest.fixture
def timeline(tmp_path: Path) -> Timeline:
    return make_shop(tmp_path).timeline()


@pytest.fixture
def bench(browser: Browser, timeline: Timeline) -> Iterator[TimelineBench]:
    bench = TimelineBench(browser)
    bench.show("one", show_timeline(timeline))
    yield bench
    bench.close()


def press_until_focused(page: Page, name: str) -> None:
    """Tab to the button of this name, as somebody without a mouse does."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.textContent")
        if str(focused).startswith(name):
            return
    raise AssertionError(f"no way by Tab to {name}")


def said(page: Page, text: str) -> None:
    expect(page.locator(".updown-tl-said")).to_contain_text(text, timeout=30_000)


def current(page: Page) -> str:
    return page.locator("[aria-current=step] .updown-tl-stop-name").inner_text()


def test_every_action_by_keyboard_alone_with_one_announcement_each(bench: TimelineBench) -> None:
    page, press = bench.page, bench.page.keyboard.press
    steps = [
        ("Review", "001_create_users has 2 statements up"),
        ("Step", "A copy of the database is made"),
        ("Up", "001_create_users applied"),
        ("Down", "001_create_users taken back"),
        ("Look again", "Looked again"),
        ("Break it", "was made to fail"),
        ("Reset", "Nothing to do"),
    ]
    for number, (name, words) in enumerate(steps, start=1):
        page.evaluate("document.activeElement.blur()")
        press_until_focused(page, name)
        press("Enter" if number % 2 else "Space")
        said(page, words)
        heard = bench.heard(number)
        assert len(heard) == number and words in heard[-1]
        assert page.evaluate("document.activeElement.textContent").startswith(name), "focus stays"
    # To here: the stops are buttons as well.
    stop = page.get_by_role("button", name=re.compile("002_add_email"))
    stop.focus()
    press("Enter")
    said(page, "2 migrations applied.")
    assert "2 migrations applied." in bench.heard(len(steps) + 1)[-1]
    expect(stop).to_be_focused()
    expect(stop).to_have_attribute("aria-current", "step")
    # The slider, by arrows, over states that were reached.
    slider = page.get_by_role("slider", name="States reached")
    slider.focus()
    press("ArrowLeft")
    said(page, "The database itself has not moved")
    assert "has not moved" in bench.heard(len(steps) + 2)[-1]
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"after timeline\.to"))
    press("ArrowRight")
    said(page, "This is now.")
    assert "This is now" in bench.heard(len(steps) + 3)[-1]
    # The goal, and which statement breaks.
    page.get_by_role("button", name="the goal").focus()
    press("Space")
    said(page, "beside the goal")
    assert "beside the goal" in bench.heard(len(steps) + 4)[-1]
    number_field = page.get_by_role("spinbutton", name="Make statement")
    number_field.focus()
    press("ControlOrMeta+A")
    page.keyboard.type("1")
    expect(page.get_by_role("button", name="timeline.break_at(1)")).to_be_visible()
    assert len(bench.heard()) == len(steps) + 4


def test_by_mouse_the_picture_moves_and_shows_its_code(bench: TimelineBench) -> None:
    page = bench.page
    page.get_by_role("button", name="Up timeline.up()").click()
    said(page, "001_create_users applied")
    expect(page.locator(".updown-tl-done")).to_have_text("The same in code: timeline.up()")
    assert current(page) == "001_create_users"
    page.get_by_role("button", name=re.compile("^C?.*002_add_email")).click()
    said(page, "002_add_email applied")
    expect(page.locator(".updown-tl-step[data-mark=ran]")).to_have_count(3)
    expect(page.locator(".updown-tl-line[data-mark=new]")).to_contain_text("email")
    page.get_by_text("Everything so far as code").click()
    expect(page.locator(".updown-tl-pre")).to_have_text('timeline.up()\ntimeline.to("002")')


def test_states_differ_by_shape_and_letter(bench: TimelineBench) -> None:
    page = bench.page
    page.get_by_role("button", name=re.compile("002_add_email")).click()
    said(page, "2 migrations applied.")
    page.locator(".updown-tl-number").fill("1")
    page.get_by_role("button", name=re.compile("^Break it")).click()
    said(page, "made to fail")
    letters = page.locator(".updown-tl-letter").all_text_contents()
    shapes = page.eval_on_selector_all(
        ".updown-tl-path", "all => all.map(p => p.getAttribute('d'))"
    )
    assert letters == ["S", "A", "C", "F"] and len(set(shapes)) == 4
    expect(page.locator(".updown-tl-stage[aria-current=step]")).to_contain_text("run")


def test_code_in_a_cell_moves_every_view_and_is_told_once(
    bench: TimelineBench, timeline: Timeline
) -> None:
    bench.page.evaluate("open_view('one')")
    bench.show("two", show_timeline(timeline))
    timeline.up()
    bench.deliver("one")
    bench.deliver("two")
    expect(bench.page.locator(".updown-tl-stop-button[aria-current]")).to_have_count(3)
    expect(bench.page.locator(".updown-tl-said").nth(2)).to_contain_text("applied")
    assert len(bench.heard(1)) == 1
    # What is done in the last view is told there, and nowhere else.
    bench.page.get_by_role("button", name="Down timeline.down()").last.click()
    expect(bench.page.locator(".updown-tl-said").nth(2)).to_contain_text("taken back")
    bench.deliver("one")
    expect(bench.page.locator(".updown-tl-said").first).to_contain_text("taken back")
    assert len(bench.heard(2)) == 2


def test_keys_in_the_picture_are_not_the_notebooks(bench: TimelineBench) -> None:
    bench.page.get_by_role("button", name="Up timeline.up()").focus()
    for key in ("a", "d", "d", "ArrowDown", "Escape"):
        bench.page.keyboard.press(key)
    assert bench.page.evaluate("window.keys") == ["Escape"]


def test_a_silent_kernel_is_told_and_the_page_goes_on(
    bench: TimelineBench, timeline: Timeline
) -> None:
    page = bench.page
    page.clock.install()
    bench.silent = True
    page.get_by_role("button", name="Up timeline.up()").click()
    page.clock.run_for(9000)
    expect(page.locator(".updown-tl-status")).to_contain_text("No reply from the kernel yet")
    bench.silent = False
    page.get_by_role("button", name="Up timeline.up()").click()
    page.clock.run_for(1000)
    expect(page.locator(".updown-tl-status")).to_be_hidden()
    page.clock.run_for(1000)
    said(page, "001_create_users applied")


def test_a_view_that_is_gone_listens_no_more(bench: TimelineBench) -> None:
    bench.page.evaluate("document.querySelector('.view').end()")
    assert bench.page.evaluate("models.one.listeners()") == 0
    assert [url for url in bench.requests if not url.startswith(("blob:", "data:"))] == []


def test_statements_light_up_only_where_motion_is_welcome(
    browser: Browser, timeline: Timeline
) -> None:
    for motion, moves in (("no-preference", True), ("reduce", False)):
        bench = TimelineBench(browser, reduced_motion=motion)
        bench.show("one", show_timeline(timeline))
        bench.page.get_by_role("button", name=re.compile("^.?002_add_email")).click()
        bench.page.wait_for_selector(".updown-tl-step[data-moved=true]")
        names = bench.page.eval_on_selector_all(
            ".updown-tl-step", "all => all.map(one => getComputedStyle(one).animationName)"
        )
        assert all((name != "none") is moves for name in names) and len(names) == 3
        timeline.reset()
        bench.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(browser: Browser, timeline: Timeline, theme: str) -> None:
    bench = TimelineBench(browser, theme=theme, reduced_motion="reduce")
    bench.show("one", show_timeline(timeline))
    for action in ("", "to(2)", "break_at(1)", "step()", "step()", "compare('goal')", "look(1)"):
        if action:
            eval(f"timeline.{action}")
            bench.deliver("one")
        bench.page.wait_for_timeout(50)
        found = Axe().run(bench.page, context=".view")
        assert found.violations_count == 0, f"{action}: {found.generate_report()}"
        assert pale_texts(bench.page.locator(".updown-tl")) == []
    bench.close()


def test_forced_colours_and_no_theme_at_all(browser: Browser, timeline: Timeline) -> None:
    timeline.to(2)
    for options in ({"forced_colors": "active"}, {"color_scheme": "dark"}):
        bench = TimelineBench(browser, theme=None, **options)
        bench.show("one", show_timeline(timeline))
        found = Axe().run(bench.page, context=".view")
        assert found.violations_count == 0, found.generate_report()
        bench.close()


@pytest.mark.parametrize("size", [{"width": 400, "height": 800}, {"width": 320, "height": 256}])
def test_narrow_and_zoomed_nothing_is_lost_sideways(
    browser: Browser, timeline: Timeline, size: dict[str, int]
) -> None:
    """320 pixels are 640 at 200 %, and 1280 at 400 %."""
    timeline.to(3)
    bench = TimelineBench(browser, viewport=size)
    bench.show("one", show_timeline(timeline))
    wide = bench.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size["width"]
    for name in ("Up timeline.up()", "Break it timeline.break_at(2)"):
        expect(bench.page.get_by_role("button", name=name)).to_be_visible()
    bench.close()


def test_nothing_else_on_the_page_changes_its_style(browser: Browser, timeline: Timeline) -> None:
    bench = TimelineBench(browser)
    look = """() => [...document.querySelectorAll('.outside, .outside *')].map(
        (one) => JSON.stringify([...getComputedStyle(one)].map((n) => getComputedStyle(one)[n])))"""
    before = bench.page.evaluate(look)
    bench.show("one", show_timeline(timeline))
    assert bench.page.evaluate(look) == before
    bench.close()


def test_a_long_name_breaks_between_words_and_is_read_as_one(bench: TimelineBench) -> None:
    name = bench.page.locator(".updown-tl-stop-name", has_text="001_create_users")
    name.evaluate("node => { node.style.cssText = 'display: inline-block; width: 8ch'; }")
    lines = name.evaluate(
        """node => {
          const lines = new Map();
          for (const text of node.childNodes) {
            if (!text.data) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            const top = [...range.getClientRects()].map((box) => Math.round(box.top)).join();
            lines.set(top, (lines.get(top) ?? "") + text.data);
          }
          return [...lines.values()];
        }"""
    )
    assert lines == ["001_", "create_", "users"]
    expect(bench.page.get_by_role("button", name=re.compile("^001_create_users"))).to_be_visible()
