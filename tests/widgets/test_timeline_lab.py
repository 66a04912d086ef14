"""The timeline in a real JupyterLab with a real kernel: every action by mouse and by keyboard."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.lab_page import SLOW, LabPage, picture_folder
from tests.lab_server import LabServer, serve_lab
from tests.timeline.conftest import make_shop

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

ROOT = Path(__file__).parents[2]
NOTEBOOK = "notebooks/lesson/timeline.ipynb"
SEVEN = "notebooks/seven/timeline.ipynb"
CELLS = (
    "from course_lib.timeline import Timeline\nfrom course_lib.widgets import show_timeline\n"
    "timeline = Timeline('shop.duckdb', 'migrations')",
    "show_timeline(timeline)",
    "print(timeline.up())",
    "print(timeline)",
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "etc", folder / "etc")
    make_shop(folder / "notebooks" / "lesson")
    make_shop(folder / "notebooks" / "seven")
    notebook = nbformat.v4.new_notebook(
        # A lesson's headings stand above it.
        cells=[
            nbformat.v4.new_markdown_cell("# A lesson\n\n## A line"),
            *map(nbformat.v4.new_code_cell, CELLS),
        ],
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )
    nbformat.write(notebook, folder / NOTEBOOK)
    nbformat.write(notebook, folder / SEVEN)
    return folder


@pytest.fixture(scope="module")
def server(course: Path) -> Iterator[LabServer]:
    outer = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    with serve_lab(course, {**outer, "HOME": str(course / "home")}) as server:
        yield server


@pytest.fixture(scope="module")
def lab(server: LabServer, browser: Browser) -> Iterator[tuple[LabPage, list[str]]]:
    """The notebook, open, and every address that its page has asked for."""
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    page.set_default_timeout(SLOW)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server.url(f"/lab/tree/{NOTEBOOK}") + "&reset")
    lab = LabPage(page, picture_folder(ROOT))
    expect(lab.notebook).to_be_visible(timeout=SLOW)
    lab.wait_for_kernel()
    yield lab, asked
    page.close()


def widget(lab: LabPage) -> Locator:
    return lab.notebook.locator(".updown-tl").first


def said(lab: LabPage, words: str) -> None:
    expect(widget(lab).locator(".updown-tl-said")).to_contain_text(words, timeout=SLOW)


def here(lab: LabPage, name: str) -> None:
    stop = widget(lab).locator("[aria-current=step] .updown-tl-stop-name")
    expect(stop).to_have_text(name, timeout=SLOW)


def every_action_by_mouse(front: LabPage, run: Callable[[], None]) -> None:
    """`run` runs all cells; the line ends at its start."""
    run()
    expect(widget(front)).to_be_visible(timeout=SLOW)
    here(front, "001_create_users")  # a cell's code moved it
    expect(front.output("print(timeline)")).to_contain_text("→ ◉ C  001_create_users")
    click = lambda name: widget(front).get_by_role("button", name=name).click()  # noqa: E731
    click("Review timeline.review()")
    said(front, "002_add_email has 3 statements")
    click("Up timeline.up()")
    said(front, "002_add_email applied")
    click("Down timeline.down()")
    said(front, "002_add_email taken back")
    widget(front).get_by_role("spinbutton").fill("3")
    click("Break it timeline.break_at(3)")
    said(front, "exactly as it was before statement 1")
    for words in ("Guess", "Statement 1 of 3", "Statement 2 of 3", "It was the last", "guard"):
        click("Step timeline.step()")
        said(front, words)
    here(front, "002_add_email")
    click("the goal")
    said(front, "beside the goal")
    widget(front).get_by_role("button", name=re.compile("003_create_orders")).click()
    here(front, "003_create_orders")
    click("Down timeline.down()")
    here(front, "002_add_email")
    widget(front).get_by_role("slider").fill("0")
    said(front, "The database itself has not moved")
    click("Look again timeline.refresh()")
    click("the state before")
    said(front, "beside the state before")
    click("Reset timeline.reset()")
    said(front, "taken back")
    here(front, "start")


def every_action_by_keyboard(front: LabPage) -> None:
    """From the start on, with Tab, Enter and arrows; no key reaches the notebook."""
    press = front.page.keyboard.press
    cells = front.notebook.locator(".jp-Cell").count()

    def reach(name: str) -> None:
        """Tab from the first button until the one of this name has the focus."""
        widget(front).get_by_role("button").first.focus()
        for _ in range(30):
            focused = front.page.evaluate(
                "document.activeElement.tagName + document.activeElement.textContent"
            )
            if str(focused).startswith("BUTTON") and name in focused:
                return
            press("Tab")
        raise AssertionError(f"no way to {name}")

    for name, words in (
        ("Up", "001_create_users applied"),
        ("Review", "002_add_email has 3 statements"),
        ("Break it", "made to fail"),
        ("Step", "Guess"),
        ("003_create_orders", "2 migrations applied"),
        ("Down", "003_create_orders taken back"),
        ("the goal", "beside the goal"),
        ("the state before", "beside the state before"),
        ("Look again", "Looked again"),
        ("Reset", "taken back"),
    ):
        reach(name)
        press("Enter")
        said(front, words)
        assert name in front.page.evaluate("document.activeElement.textContent")
    # In command mode a number makes a heading of the cell, and letters delete and insert cells.
    number = widget(front).get_by_role("spinbutton")
    number.focus()
    press("ControlOrMeta+A")
    front.page.keyboard.type("1")
    expect(number).to_have_value("1")
    slider = widget(front).get_by_role("slider")
    slider.focus()
    at = slider.input_value()
    press("ArrowLeft")
    said(front, "The database itself has not moved")
    assert slider.input_value() != at
    press("Home")
    expect(slider).to_have_value("0")
    for key in ("a", "b", "d", "d", "x", "m", "Shift+M"):
        press(key)
    assert front.notebook.locator(".jp-Cell").count() == cells
    assert front.notebook.locator(".jp-MarkdownCell").count() == 1


def test_every_action_by_mouse_and_run_all_twice(lab: tuple[LabPage, list[str]]) -> None:
    lab_page, _ = lab
    for _ in range(2):
        every_action_by_mouse(lab_page, lab_page.run_all)


def test_every_action_by_keyboard_alone(lab: tuple[LabPage, list[str]]) -> None:
    every_action_by_keyboard(lab[0])


def test_axe_and_pictures_in_both_themes(lab: tuple[LabPage, list[str]]) -> None:
    lab_page, _ = lab
    widget(lab_page).get_by_role("button", name=re.compile("002_add_email")).click()
    said(lab_page, "applied")
    lab_page.picture("timeline", widget(lab_page))
    for theme in ("Dark", "Light"):
        lab_page.use_theme(theme)
        found = Axe().run(lab_page.page, context=".updown-tl")
        assert found.violations_count == 0, found.generate_report()


def test_a_second_view_and_a_reload(lab: tuple[LabPage, list[str]], server: LabServer) -> None:
    lab_page, asked = lab
    page = lab_page.page
    # A second view of the same output moves with the first.
    output = lab_page.cell("show_timeline(timeline)").locator(".jp-OutputArea-output")
    output.last.click(button="right", position={"x": 5, "y": 5})
    page.locator(".lm-Menu-itemLabel", has_text="Create New View for Cell Output").click()
    both = page.locator(".updown-tl:visible")
    expect(both).to_have_count(2, timeout=SLOW)
    both.last.get_by_role("button", name="Down timeline.down()").click()
    for view in (both.first, both.last):
        stop = view.locator("[aria-current=step] .updown-tl-stop-name")
        expect(stop).to_have_text("001_create_users", timeout=SLOW)

    # After a reload the page is drawn again from the kernel that still runs.
    lab_page.save()
    page.goto(server.url(f"/lab/tree/{NOTEBOOK}") + "&reset")
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=SLOW)
    here(lab_page, "001_create_users")
    widget(lab_page).get_by_role("button", name="Up timeline.up()").click()
    here(lab_page, "002_add_email")
    outside = [url for url in asked if not url.startswith((server.base, "blob:", "data:"))]
    assert outside == []


def test_a_restarted_kernel_is_told_and_the_cell_run_again_goes_on(
    lab: tuple[LabPage, list[str]], server: LabServer
) -> None:
    lab_page, _ = lab
    page = lab_page.page
    (kernel,) = page.request.get(server.url("/api/kernels")).json()
    assert page.request.post(server.url(f"/api/kernels/{kernel['id']}/restart")).ok
    widget(lab_page).get_by_role("button", name="Up timeline.up()").click()
    expect(widget(lab_page).locator(".updown-tl-status")).to_contain_text(
        "No reply from the kernel", timeout=SLOW
    )
    lab_page.run_cell("from course_lib")
    lab_page.run_cell("show_timeline(timeline)")
    here(lab_page, "002_add_email")  # the database has kept it
    expect(widget(lab_page).locator(".updown-tl-status")).to_be_hidden()


def test_a_kernel_that_is_gone_is_told(lab: tuple[LabPage, list[str]], server: LabServer) -> None:
    lab_page, _ = lab
    for kernel in lab_page.page.request.get(server.url("/api/kernels")).json():
        lab_page.page.request.delete(server.url(f"/api/kernels/{kernel['id']}"))
    widget(lab_page).get_by_role("button", name="Down timeline.down()").click()
    expect(widget(lab_page).locator(".updown-tl-status")).to_contain_text(
        "No reply from the kernel", timeout=SLOW
    )


def test_notebook_7_every_action_by_mouse_and_by_keyboard_alone(
    server: LabServer, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    page.set_default_timeout(SLOW)
    page.goto(server.url(f"/notebooks/{SEVEN}"))
    seven = LabPage(page, picture_folder(ROOT))
    expect(seven.notebook).to_be_visible(timeout=SLOW)
    seven.wait_for_kernel()
    seen = expect(widget(seven)).to_be_visible
    every_action_by_mouse(seven, lambda: seven.run_all_until(lambda: seen(timeout=8_000)))
    every_action_by_keyboard(seven)
    found = Axe().run(page, context=".updown-tl")
    assert found.violations_count == 0, found.generate_report()
    page.close()
