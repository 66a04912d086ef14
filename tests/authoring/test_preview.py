"""`updown course preview`: a learner's view, in a real JupyterLab and on a page without network."""

from __future__ import annotations

import json
import os
import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.lab_server import serve

from .course_commands import LESSON, command, make_course, run


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


def test_jupyterlab_opens_the_released_notebook_and_the_folder_goes_with_it(
    course: Path, tmp_path: Path
) -> None:
    (tmp_path / "temporary").mkdir()
    outer = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    place = f"notebooks/{LESSON}/{LESSON}.ipynb"
    with serve(command("preview", "04", "--no-browser"), course, outer) as lab:
        assert f"/lab/tree/{place}" in lab.start
        with urllib.request.urlopen(lab.url(f"/api/contents/{place}"), timeout=60) as answer:
            cells = json.load(answer)["content"]["cells"]
        text = "\n".join("".join(cell["source"]) for cell in cells)
        assert "YOUR SQL HERE" in text and "hidden=True" not in text
    assert sorted(path.name for path in course.iterdir()) == ["etc", "lessons"]
    assert list((tmp_path / "temporary").glob("updown-preview-*")) == []


@pytest.mark.browser
def test_a_page_shows_what_came_and_asks_the_network_for_nothing(
    course: Path, tmp_path: Path, browser: Browser
) -> None:
    path = tmp_path / "page.html"
    done = run(course, "preview", LESSON, "--html", path)
    assert (done.returncode, done.stderr) == (0, "")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    expect(page.get_by_role("heading", name="Break it on purpose")).to_be_visible()
    expect(page.get_by_text(re.compile("NOT NULL constraint failed")).first).to_be_visible()
    expect(page.get_by_text("YOUR SQL HERE").first).to_be_visible()
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_a_lesson_that_cannot_be_built_is_told_with_its_line(course: Path) -> None:
    text = course / "lessons" / LESSON / "lesson.md"
    text.write_text(text.read_text(encoding="utf-8").replace("points=10", "points=9"))
    done = run(course, "preview", LESSON, "--no-browser")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"lessons/{LESSON}/lesson.md, line " in done.stderr
