"""A scene in a real JupyterLab and in Notebook 7: played by keyboard alone, and by mouse."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.lab_page import SLOW, LabPage, picture_folder
from tests.lab_server import LabServer, serve_lab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

ROOT = Path(__file__).parents[2]
SCENE = ROOT / "lessons" / "drafts" / "scenes" / "new-teammate.toml"
FRONTS = {
    "lab": "/lab/tree/notebooks/lab/scene.ipynb",
    "notebook": "/notebooks/notebooks/notebook/scene.ipynb",
}
CELLS = (
    "from pathlib import Path\nfrom course_lib.timeline.scenes import Stage, read_scene\n"
    "from course_lib.widgets import show_stage\n"
    "stage = Stage(read_scene(Path('new-teammate.toml')))",
    "show_stage(stage)",
)
BEATS = ("begins with an empty database", "2 migrations applied", "Nothing to do", "same tables")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabServer]:
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "etc", course / "etc")
    for front in FRONTS:
        folder = course / "notebooks" / front
        folder.mkdir(parents=True)
        shutil.copy(SCENE, folder)
        notebook = nbformat.v4.new_notebook(
            cells=[
                # A lesson's headings stand above it.
                nbformat.v4.new_markdown_cell("# A lesson\n\n## A team"),
                *map(nbformat.v4.new_code_cell, CELLS),
            ],
            metadata={
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            },
        )
        nbformat.write(notebook, folder / "scene.ipynb")
    outer = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    with serve_lab(course, {**outer, "HOME": str(course / "home")}) as server:
        yield server


@pytest.mark.parametrize("front", FRONTS)
def test_a_scene_is_played_by_keyboard_and_by_mouse(
    server: LabServer, browser: Browser, front: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1400})
    page.set_default_timeout(SLOW)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server.url(FRONTS[front]) + ("&reset" if front == "lab" else ""))
    person = LabPage(page, picture_folder(ROOT))
    expect(person.notebook).to_be_visible(timeout=SLOW)
    stage = person.notebook.locator(".updown-tl").first
    person.wait_for_kernel()
    person.run_all_until(lambda: expect(stage).to_be_visible(timeout=8_000))
    cells = person.notebook.locator(".jp-Cell").count()

    def said(words: str) -> None:
        expect(stage.locator(".updown-tl-said")).to_contain_text(words, timeout=SLOW)

    def press(button: Locator) -> None:
        button.focus()
        page.keyboard.press("Enter")

    for words in BEATS:
        press(stage.get_by_role("button", name="Next stage.next()"))
        said(words)
    expect(stage.get_by_text("All 3 databases have the same tables.")).to_be_visible()
    # In command mode these delete, insert and cut cells.
    for key in ("d", "d", "a", "b", "x"):
        page.keyboard.press(key)
    assert person.notebook.locator(".jp-Cell").count() == cells
    person.picture(f"scene-{front}", stage)
    found = Axe().run(page, context=".updown-tl")
    assert found.violations_count == 0, found.generate_report()

    stage.get_by_role("button", name="Down, Production").click()
    said("taken back")
    stage.get_by_role("button", name="Catch up, Production").click()
    said("applied")
    stage.get_by_role("button", name="From the beginning").click()
    said("beginning")
    outside = [url for url in asked if not url.startswith((server.base, "blob:", "data:"))]
    assert front == "notebook" or outside == []
    page.close()
