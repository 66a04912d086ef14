"""An instructor in the Formgrader of a real JupyterLab: from the built course to the feedback."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from course_lib.exercises import Verdict, check_answer, load_spec
from tests.grading.submissions import ANSWER, LESSON, NOTEBOOK, answer, edit_notebook
from tests.journeys.formgrader import formgrader_server, press, write
from tests.journeys.lab_page import SLOW, picture_folder
from tests.lab_server import LabServer
from tests.lone_lesson import copy_lesson
from tests.nbgrader_commands import open_terminal

ROOT = Path(__file__).resolve().parents[2]
LEAVES_A_TRACE = """
from course_lib.grading import replay
stock = replay.play
def play(*cells, **options):
    Path(__file__).with_name("worker-ran").write_text("replay")
    return stock(*cells, **options)
replay.play = play
"""
"""Lines of a configuration after which a replay is seen from outside of the server."""

REMARK = "Write the way back next time."

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(300),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder, just built, to which Ada's notebook came: right, but without a down."""
    base = tmp_path_factory.mktemp("formgrader")
    copy_lesson(LESSON, base / "lessons")
    with open_terminal(base, base) as terminal:
        terminal.run("updown course build --course class")
    handed_in = base / "class" / "submitted" / "ada" / LESSON
    shutil.copytree(base / "notebooks" / LESSON, handed_in)
    edit_notebook(handed_in / NOTEBOOK, answer(no_down(base / "class")[0]))
    with (base / "class" / "nbgrader_config.py").open("a") as file:
        file.write(LEAVES_A_TRACE)
    return base / "class"


def no_down(course: Path) -> tuple[str, Verdict]:
    """The answer that Ada gave, and the verdict on it with this class's hidden worlds."""
    spec = load_spec(course / "specs" / LESSON / "add-email.toml")
    (text,) = [one.answer for one in spec.wrong_answers if one.name.startswith("no down")]
    return text, check_answer(spec, text, secret=(course / "secret.txt").read_text().strip())


@pytest.fixture(scope="module")
def lab(course: Path) -> Iterator[LabServer]:
    with formgrader_server(course) as server:
        yield server


def points_of(notebook: Path) -> float:
    """All points that a released notebook gives."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return sum(float(cell["metadata"].get("nbgrader", {}).get("points", 0)) for cell in cells)


def test_the_formgrader_generates_grades_and_gives_feedback(
    lab: LabServer, course: Path, browser: Browser
) -> None:
    pictures = picture_folder(ROOT)
    verdict = no_down(course)[1]
    assert 0 < verdict.points < verdict.max_points
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(SLOW)
    page.goto(lab.start)
    page.locator(".lm-MenuBar-itemLabel", has_text="Nbgrader").click()
    page.locator(".lm-Menu-itemLabel").get_by_text("Formgrader", exact=True).click()
    formgrader = page.frame_locator("iframe")

    assert "student version" in press(formgrader, LESSON, "assign")
    assert (course / "release" / LESSON / NOTEBOOK).is_file()
    page.screenshot(path=pictures / "formgrader-1-assignments.png")
    formgrader.locator("td.num-submissions a").click()

    assert "Successfully autograded" in press(formgrader, "ada", "autograde")
    assert (course / "worker-ran").read_text() == "replay"
    score = formgrader.locator("tbody tr", has_text="ada").locator("td.score")
    # The other points are for what Ada left as it was: the second exercise and the quiz.
    most = points_of(course / "release" / LESSON / NOTEBOOK)
    assert most > verdict.max_points
    expect(score).to_have_text(f"{verdict.points} / {most:g}")
    page.screenshot(path=pictures / "formgrader-2-graded.png")

    formgrader.get_by_role("link", name="Manual Grading").click()
    formgrader.locator("td.name a", has_text=LESSON).click()
    formgrader.locator("td.name a", has_text=LESSON).click()
    formgrader.locator("td.name a:visible").click()
    expect(
        formgrader.get_by_text(f"{verdict.points} of {verdict.max_points} points")
    ).to_be_visible()
    with page.expect_response(re.compile(r"/formgrader/api/comment/")) as saved:
        write(formgrader.locator(f"#{ANSWER}-comment"), REMARK)
    assert saved.value.ok
    formgrader.locator(f"#{ANSWER}-comment").scroll_into_view_if_needed()
    page.screenshot(path=pictures / "formgrader-3-submission.png")

    page.goto(f"{lab.base}/formgrader/manage_submissions/{LESSON}")
    press(page, "ada", "generate-feedback")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_feedback_page_is_readable_and_holds_the_remark(
    course: Path, browser: Browser, scheme: str
) -> None:
    feedback = course / "feedback" / "ada" / LESSON / f"{LESSON}.html"
    if not feedback.exists():
        pytest.skip("the journey above did not get that far")
    verdict = no_down(course)[1]
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    # The page asks for MathJax from elsewhere, which neither the test nor a reader needs.
    page.route(re.compile(r"^https?://"), lambda route: route.abort())
    page.goto(feedback.as_uri())
    expect(page.get_by_text(REMARK)).to_be_visible()
    headline = page.get_by_text(f"{verdict.points} of {verdict.max_points} points").first
    expect(headline).to_be_visible()
    headline.scroll_into_view_if_needed()
    page.screenshot(path=picture_folder(ROOT) / f"formgrader-4-feedback-{scheme}.png")
    # The rest of the page is nbgrader's.
    ours = ".output_html"
    found = Axe().run(page, context={"include": [[ours]]})
    assert found.violations_count == 0, found.generate_report()
    page.close()
