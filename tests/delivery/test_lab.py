"""JupyterLab as a learner gets it: the start page, a quiet screen, and an untouched home folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import websocket
from playwright.sync_api import Browser, expect

from delivery.checkout import Checkout
from delivery.lab import course_environment
from tests.lab_server import LabServer, serve_lab

ROOT = Path(__file__).resolve().parents[2]
START = {
    "cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# A start page"}],
    "metadata": {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def lab(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabServer]:
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "etc", course / "etc")
    for name in ("notebooks", "docs", "lessons", "course_lib", "tests"):
        (course / name).mkdir()
    (course / "notebooks/00-start.ipynb").write_text(json.dumps(START))
    outer = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    with serve_lab(course, {**outer, "HOME": str(home), "SHELL": "/bin/sh"}) as server:
        yield server


def ask(server: LabServer, path: str, method: str = "GET") -> Any:
    request = urllib.request.Request(server.url(path), method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def test_what_is_imported_is_compiled_once(tmp_path: Path) -> None:
    (tmp_path / "lesson_helpers.py").write_text("ONE = 1\n")
    outer = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    environment = course_environment(Checkout(tmp_path), outer)
    command = [sys.executable, "-c", "import lesson_helpers"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    assert list(tmp_path.glob("__pycache__/lesson_helpers.*.pyc"))


def test_it_opens_on_the_start_page(lab: LabServer) -> None:
    assert lab.start.startswith(f"{lab.base}/lab/tree/notebooks/00-start.ipynb?")


def test_the_file_browser_lists_the_course_without_its_machinery(lab: LabServer) -> None:
    listed = {entry["name"] for entry in ask(lab, "/api/contents/")["content"]}
    assert listed == {"notebooks", "docs"}


def test_no_one_is_asked_about_news(lab: LabServer) -> None:
    settings = ask(lab, "/lab/api/settings/@jupyterlab/apputils-extension:notification")
    defaults = {name: about["default"] for name, about in settings["schema"]["properties"].items()}
    assert defaults["fetchNews"] == "false"
    assert defaults["checkForUpdates"] is False


def test_a_terminal_finds_the_updown_command(lab: LabServer) -> None:
    name = ask(lab, "/api/terminals", "POST")["name"]
    address = lab.url(f"/terminals/websocket/{name}").replace("http:", "ws:")
    terminal = websocket.create_connection(address, timeout=30)
    # The answer differs from what is typed, which the terminal echoes.
    terminal.send(json.dumps(["stdin", "updown=$(command -v updown); echo found=$updown.\r"]))
    seen = ""
    while "found=/" not in seen:
        kind, *said = json.loads(terminal.recv())
        seen += said[0] if kind == "stdout" else ""
    terminal.close()


def test_the_home_folder_stays_empty_with_a_kernel_running(lab: LabServer, home: Path) -> None:
    kernel = ask(lab, "/api/kernels", "POST")
    channels = websocket.create_connection(
        lab.url(f"/api/kernels/{kernel['id']}/channels").replace("http:", "ws:"), timeout=60
    )
    header = {"msg_id": "1", "msg_type": "execute_request", "session": "s", "username": "learner"}
    content = {"code": "import IPython; print(6 * 7)", "silent": False, "store_history": True}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
    channels.send(json.dumps({**message, "channel": "shell"}))
    while True:
        heard = json.loads(channels.recv())
        if heard["msg_type"] == "stream":
            assert heard["content"]["text"] == "42\n"
            break
    channels.close()
    assert [str(path) for path in home.rglob("*")] == []


@pytest.mark.browser
def test_a_learner_sees_the_page_and_no_instructor_panel(lab: LabServer, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(lab.start)
    expect(page.get_by_role("heading", name="A start page")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("official Jupyter news")).to_have_count(0)
    for panel in ("Create Assignment", "Formgrader", "Assignment List", "Course List", "Nbgrader"):
        expect(page.get_by_text(panel, exact=True)).to_have_count(0)
    expect(page.locator(".jp-DirListing-item", has_text="00-start.ipynb")).to_be_visible()
    # nbgrader's button would run the whole notebook a second time, on the database that the
    # learner has open.
    expect(page.get_by_role("button", name="Notebook")).to_be_visible()
    expect(page.get_by_role("button", name="Validate")).to_have_count(0)
    page.close()
