"""The button of the start page, in a real JupyterLab: one press, and the zip can be downloaded."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from course_lib.notebook.pack_button import LINK_BYTES, pack_button
from tests.journeys.lab_page import LabPage
from tests.lab_server import LabServer, serve_lab

ROOT = Path(__file__).resolve().parents[2]
CODE = "from course_lib.notebook.pack_button import pack_button\npack_button()"
LESSON = "04-adding-a-column/04-adding-a-column.ipynb"


def notebook(code: str) -> str:
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": code}
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    cell |= {"outputs": [], "execution_count": None}
    return json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "notebooks" / LESSON).parent.mkdir(parents=True)
    (tmp_path / "notebooks" / LESSON).write_text(notebook("6 * 7"))
    (tmp_path / "notebooks" / "00-start.ipynb").write_text(notebook(CODE))
    shutil.copytree(ROOT / "etc", tmp_path / "etc")
    return tmp_path


@pytest.fixture
def lab(course: Path) -> Iterator[LabServer]:
    with serve_lab(course) as server:
        yield server


@pytest.mark.browser
def test_a_learner_packs_with_the_keyboard_and_downloads_the_zip(
    lab: LabServer, browser: Browser, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(lab.start)
    # A cell that is run before the kernel answers may be lost.
    LabPage(page, tmp_path).wait_for_kernel()
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    button = page.get_by_role("button", name="Pack my work into a zip")
    button.focus(timeout=60_000)
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Download my-work-")
    expect(link).to_be_visible(timeout=30_000)
    with page.expect_download() as downloading:
        link.click()
    assert downloading.value.suggested_filename.startswith("my-work-")
    saved = tmp_path / "downloaded.zip"
    downloading.value.save_as(saved)
    with zipfile.ZipFile(saved) as zip_:
        assert zip_.namelist() == [LESSON]
    page.close()


def test_a_refusal_is_shown_in_words(tmp_path: Path) -> None:
    button, said = pack_button(tmp_path).children
    button.click()
    assert "is not in the course" in said.value
    assert button.disabled is False


def test_a_zip_too_large_for_a_link_is_left_to_the_file_browser(course: Path) -> None:
    lesson = course / "notebooks" / LESSON

    lesson.write_bytes(os.urandom(LINK_BYTES + 1))
    button, said = pack_button(course / "notebooks").children
    button.click()
    assert "right-click" in said.value
    assert "<a " not in said.value
