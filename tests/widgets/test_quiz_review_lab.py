"""A review in a real JupyterLab and in Notebook 7: by mouse, then by keyboard alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from course_lib.quiz import read_quiz, read_record
from tests.journeys.lab_page import SLOW, LabPage, picture_folder
from tests.lab_server import LabServer, serve_lab
from tests.widgets.hands import go_to
from tests.widgets.test_quiz_review_page import BANK, QUIZ

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]

ROOT = Path(__file__).parents[2]
FRONTS = {
    "lab": "/lab/tree/notebooks/lab/review.ipynb",
    "notebook": "/notebooks/notebooks/notebook/review.ipynb",
}
CODE = (
    "from pathlib import Path\nfrom course_lib.widgets import show_quiz\n"
    f'show_quiz(Path("quiz.toml"), "{QUIZ}", Path("answers"))'
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "etc", course / "etc")
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# A lesson\n\n## A review"),
            nbformat.v4.new_code_cell(CODE),
        ],
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
        },
    )
    for front in FRONTS:
        folder = course / "notebooks" / front
        folder.mkdir(parents=True)
        shutil.copy(BANK, folder)
        nbformat.write(notebook, folder / "review.ipynb")
    return course


@pytest.fixture(scope="module")
def server(course: Path) -> Iterator[LabServer]:
    outer = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    with serve_lab(course, {**outer, "HOME": str(course / "home")}) as server:
        yield server


@pytest.mark.parametrize("front", FRONTS)
def test_a_file_is_sent_back_by_mouse_and_another_by_keyboard(
    server: LabServer, browser: Browser, course: Path, front: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1400})
    page.set_default_timeout(SLOW)
    page.goto(server.url(FRONTS[front]) + ("&reset" if front == "lab" else ""))
    person = LabPage(page, picture_folder(ROOT))
    expect(person.notebook).to_be_visible(timeout=SLOW)
    quiz = person.notebook.locator(".updown-quiz").first
    person.wait_for_kernel()
    person.run_all_until(lambda: expect(quiz).to_be_visible(timeout=8_000))
    cells = person.notebook.locator(".jp-Cell").count()
    here = quiz.locator("fieldset.updown-quiz-question", has_text="Jonas wrote 002")
    verdict = here.locator(".updown-quiz-verdict")

    here.get_by_label("Send it back: line 5").check()
    here.get_by_label("Because").select_option("numbers-taken")
    here.get_by_role("button", name="Answer").click()
    expect(verdict).to_contain_text("Not right.", timeout=SLOW)

    checked = here.get_by_label("Send it back: line 5")
    checked.focus()
    line = here.get_by_label("Send it back: line 8")
    for _ in range(4):
        if not line.is_checked():
            page.keyboard.press("ArrowDown")
    expect(line).to_be_checked()
    select = here.get_by_label("Because")
    go_to(page, select)
    page.keyboard.press("Home")
    for _ in range(5):
        if select.input_value() != "rows-of-others":
            page.keyboard.press("ArrowDown")
    go_to(page, here.get_by_role("button", name="Answer"))
    page.keyboard.press("Enter")
    expect(verdict).to_have_text("Right.", timeout=SLOW)
    # In command mode these delete, insert and cut cells.
    for key in ("d", "d", "a", "b", "x"):
        page.keyboard.press(key)
    assert person.notebook.locator(".jp-Cell").count() == cells

    folder = course / "notebooks" / front
    record = read_record(folder / "answers" / f"quiz-{QUIZ}.jsonl", read_quiz(BANK, QUIZ))
    assert [one.given for one in record.answers] == [
        ("line-5", "numbers-taken"),
        ("line-8", "rows-of-others"),
    ]
    for theme in ("Dark", "Light"):
        person.use_theme(theme)
        found = Axe().run(page, context=".updown-quiz")
        assert found.violations_count == 0, found.generate_report()
    here.screenshot(path=person.pictures / f"review-{front}.png")
    page.close()
