"""Without a Chromium the browser tests are left out, named loudly, and fail a run in CI."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.chromium import find_chromium

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = """
import pytest

@pytest.mark.browser
def test_a_journey(browser):
    page = browser.new_page()
    page.set_content("<h1>Up and down</h1>")
    assert page.inner_text("h1") == "Up and down"

def test_without_a_browser():
    pass

@pytest.mark.long
def test_for_hours():
    raise AssertionError("a long test ran by default")
"""


def run_sample(folder: Path, *options: str, **extra: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_sample.py").write_text(SAMPLE)
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", "pyproject.toml"]
    command += ["-p", "no:cacheprovider", *options, str(folder)]
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | extra
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_without_a_browser_the_rest_runs_and_what_did_not_is_named(tmp_path: Path) -> None:
    done = run_sample(tmp_path, UPDOWN_CHROMIUM="/nowhere/chromium")
    assert done.returncode == 0
    section = done.stdout.split("LEFT OUT: the browser journeys")[1]
    assert "test_sample.py::test_a_journey" in section
    assert "1 passed, 1 skipped, 1 deselected" in done.stdout.splitlines()[-1]


def test_in_ci_a_run_without_a_browser_has_failed(tmp_path: Path) -> None:
    done = run_sample(tmp_path, UPDOWN_CHROMIUM="/nowhere/chromium", CI="true")
    assert done.returncode == 1
    assert "Because CI is set, a run without them has failed." in done.stdout


@pytest.mark.browser
def test_with_a_browser_the_journey_runs(tmp_path: Path) -> None:
    chromium = find_chromium()
    done = run_sample(tmp_path, CI="true", UPDOWN_CHROMIUM=str(chromium))
    assert done.returncode == 0, done.stdout
    assert "2 passed, 1 deselected" in done.stdout.splitlines()[-1]


def test_asking_for_long_tests_runs_them_alone(tmp_path: Path) -> None:
    done = run_sample(tmp_path, "-m", "long")
    assert "a long test ran by default" in done.stdout
    assert "1 failed, 2 deselected" in done.stdout.splitlines()[-1]


def test_a_program_that_does_not_start_is_not_taken_for_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("UPDOWN_CHROMIUM", str(broken))
    assert find_chromium() is None
