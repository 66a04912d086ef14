"""The first mile: a learner in a real JupyterLab, from the start page to a mark in the gradebook.

One browser, one kernel, one notebook, in the order in which a person does it. Pictures of each
station go to build/pictures, light and dark.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.journeys.contrast import pale_texts
from tests.journeys.lab_page import SLOW, LabPage, picture_folder
from tests.lab_server import serve_lab
from tests.lone_lesson import copy_lesson
from tests.nbgrader_commands import open_terminal
from tests.widgets.hands import go_to

ROOT = Path(__file__).resolve().parents[2]
LESSON = "04-adding-a-column"
QUIZ = 'quiz("adding-a-column")'

MISSES_BLANKS = """\
%%migration 001_add_email_to_users
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR(255);
UPDATE users SET email = 'temp@example.com' WHERE name <> '';
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
"""
RIGHT = MISSES_BLANKS.replace("name <> ''", "email IS NULL")

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a learner opens, so that the checkout stays as it is."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "etc", folder / "etc")
    made = shutil.ignore_patterns("*.duckdb*", "migrations", "answers", "earlier", "*.zip", ".*")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=made)
    return folder


@pytest.fixture(scope="module")
def lab(course: Path, browser: Browser) -> Iterator[LabPage]:
    """The start page, just opened."""
    home = course.parent / "home"
    home.mkdir(exist_ok=True)
    outer = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    with serve_lab(course, {**outer, "HOME": str(home)}) as server:
        page = browser.new_page(viewport={"width": 1280, "height": 1300})
        page.set_default_timeout(SLOW)
        page.goto(server.start)
        opened = LabPage(page, picture_folder(ROOT))
        opened.wait_for_kernel()
        yield opened
        page.close()


def test_a_learner_goes_from_the_start_page_to_a_right_answer(lab: LabPage, course: Path) -> None:
    page, notebook = lab.page, lab.notebook
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    # The start page links to the lesson.
    link = notebook.get_by_role("link", name="Lesson 4, Adding a column")
    expect(link).to_be_visible(timeout=SLOW)
    lab.picture("1-start", link)
    link.click()
    expect(notebook.get_by_role("heading", name="Lesson 4: Adding a column")).to_be_visible()
    lab.picture("2-lesson", notebook.locator("h1"))

    # Run all, as released: no cell ends in an error.
    lab.run_all()
    expect(
        lab.output("begin(").get_by_role("button", name="Start this lesson again")
    ).to_be_visible()
    expect(notebook.locator(".jp-RenderedText[data-mime-type*='stderr']")).to_have_count(0)
    expect(notebook.locator(".jp-RenderedText[data-mime-type*='error']")).to_have_count(0)
    lab.picture("3-run-all", lab.output("no_name"))
    lab.picture("4-refused", lab.output("COMMIT"))

    # The quiz, by keyboard alone: Tab to the group, arrows, Tab to the button, Space.
    quiz = lab.output(QUIZ).locator(".updown-quiz")
    questions = quiz.get_by_role("group")
    first = questions.first
    first.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    go_to(page, first.get_by_role("button", name="Answer"))
    page.keyboard.press("Space")
    said = first.locator(".updown-quiz-explanation:visible, .updown-quiz-verdict:visible").first
    expect(said).to_be_visible()
    expect(first).to_contain_text("Right, at the first try.")
    kept = first.inner_text()
    lab.picture("5-quiz", first)

    # A wrong answer, and what the check says about it.
    lab.replace_cell("001_add_email_to_users", MISSES_BLANKS)
    lab.run_cell("001_add_email_to_users")
    lab.picture("6-review", lab.output("001_add_email_to_users"))
    lab.run_cell('check("add-email")')
    verdict = lab.output('check("add-email")')
    expect(verdict).to_contain_text("NOT NULL constraint failed: users.email")
    expect(verdict).to_contain_text("of 10 points")
    expect(verdict).not_to_contain_text("10 of 10 points")
    lab.picture("7-wrong", verdict)

    # The right one.
    lab.replace_cell("001_add_email_to_users", RIGHT)
    lab.run_cell("001_add_email_to_users")
    lab.run_cell("%migrate rehearse 001")
    expect(lab.output("%migrate rehearse 001")).to_contain_text("shadow")
    lab.picture("8-rehearse", lab.output("%migrate rehearse 001"))
    lab.run_cell("%migrate up 001")
    expect(lab.output("%migrate up 001")).to_contain_text("001_add_email_to_users")
    lab.picture("9-up", lab.output("%migrate up 001"))
    lab.run_cell('check("add-email")')
    verdict = lab.output('check("add-email")')
    expect(verdict).to_contain_text("10 of 10 points")
    lab.picture("10-right", verdict)

    # A restarted kernel: the quiz still knows.
    lab.restart_kernel()
    lab.run_cell("begin(")
    lab.run_cell(QUIZ)
    again = lab.output(QUIZ).locator(".updown-quiz").get_by_role("group").first
    expect(again.get_by_role("radio").first).to_be_visible()
    assert again.inner_text() == kept
    lab.picture("11-after-restart", again)

    # Saved, for the gradebook.
    lab.save()
    saved = (course / "notebooks" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    assert "email IS NULL" in saved
    assert not faults


def test_every_output_can_be_read_and_heard_in_both_themes(lab: LabPage, course: Path) -> None:
    if not (course / "notebooks" / LESSON / "migrations").exists():
        pytest.skip("the journey above did not get that far")
    outputs = ("begin(", "DESCRIBE", "001_add_email_to_users", "%migrate status", "check(", QUIZ)
    for theme in ("Dark", "Light"):
        lab.use_theme(theme)
        for text in outputs:
            output = lab.output(text)
            expect(output).not_to_be_empty()
            assert pale_texts(output) == [], f"{text}, {theme}"
    found = Axe().run(lab.page, context=".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea")
    assert found.violations_count == 0, found.generate_report()


def test_the_saved_notebook_gets_full_marks_and_the_untouched_one_none(
    lab: LabPage, course: Path, browser: Browser, tmp_path: Path
) -> None:
    saved = course / "notebooks" / LESSON
    if not (saved / "migrations").exists():
        pytest.skip("the journey above did not get that far")
    instructor = tmp_path / "instructor"
    made = shutil.ignore_patterns("*.duckdb*", "earlier", ".*")
    copy_lesson(LESSON, tmp_path / "checkout" / "lessons")
    with open_terminal(tmp_path / "checkout", tmp_path) as terminal:
        terminal.run(f"updown course build --course {instructor}")
        terminal.run(f"cd {instructor}")
        terminal.run(f"nbgrader generate_assignment {LESSON}")
        submitted = instructor / "submitted"
        shutil.copytree(saved, submitted / "learner" / LESSON, ignore=made)
        shutil.copytree(instructor / "release" / LESSON, submitted / "nobody" / LESSON)
        for command in (f"autograde {LESSON}", f"generate_feedback {LESSON}", "export"):
            terminal.run(f"nbgrader {command}")
    with (instructor / "grades.csv").open(encoding="utf-8") as file:
        marks = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    # Ten for the exercise; of the quiz's two, a fifth for one question of five.
    assert marks == {"learner": 10.4, "nobody": 0.0}

    feedback = instructor / "feedback" / "learner" / LESSON / f"{LESSON}.html"
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    # The page asks for MathJax from elsewhere, which neither the test nor a reader needs.
    page.route(re.compile(r"^https?://"), lambda route: route.abort())
    page.goto(feedback.as_uri())
    verdict = page.get_by_text("10 of 10 points").first
    expect(verdict).to_be_visible()
    verdict.scroll_into_view_if_needed()
    page.screenshot(path=lab.pictures / "12-feedback-light.png")
    page.close()


def test_the_terminal_says_whose_kernel_holds_the_file(lab: LabPage, course: Path) -> None:
    folder = course / "notebooks" / LESSON
    if not (folder / "shop.duckdb").exists():
        pytest.skip("the journey above did not get that far")
    lab.run_cell("begin(")
    locked = run("course_lib.cli", "status", cwd=folder, code=1)
    assert f"the kernel of {LESSON}.ipynb" in locked.stderr
    assert "%migrate release" in locked.stderr


def run(module: str, *arguments: str, cwd: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=300,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


def test_a_lesson_starts_again_by_keyboard(lab: LabPage, course: Path) -> None:
    folder = course / "notebooks" / LESSON
    if not (folder / "migrations").exists():
        pytest.skip("the journey above did not get that far")
    lab.run_cell("begin(")
    lab.cell("begin(").locator(".cm-content").click()
    lab.page.keyboard.press("Escape")
    button = lab.output("begin(").get_by_role("button", name="Start this lesson again")
    for _ in range(10):  # the toolbar of the cell and the table come first
        lab.page.keyboard.press("Tab")
        if button.evaluate("node => node === document.activeElement"):
            break
    lab.page.keyboard.press("Enter")
    expect(lab.output("begin(")).to_contain_text("The lesson starts again")
    assert not (folder / "migrations").exists()
    assert list(folder.glob("earlier/*/migrations/001_*.sql"))
