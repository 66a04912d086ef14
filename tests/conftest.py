"""Which tests run, and the browser for those that need one.

Long tests run with `-m long` alone, those of stock nbgrader with `-m stock`. Where no Chromium can
be had, tests marked `browser` are left out and named at the end; with CI=true that fails the run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import LAUNCH_FLAGS, find_chromium, install_chromium

# A run that decides tries the same examples each time; others look for new ones. No time decides.
settings.register_profile("everywhere", deadline=None)
settings.register_profile("CI", deadline=None, derandomize=True)
settings.load_profile("CI" if os.environ.get("CI") else "everywhere")

CHROMIUM = pytest.StashKey[Path | None]()
LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.markexpr:
        return
    left = [item for item in items if any(map(item.get_closest_marker, ("long", "stock")))]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Find or install the browser here, where no test's time limit counts it."""
    config = session.config
    needing = [item for item in session.items if item.get_closest_marker("browser")]
    if not needing or config.option.collectonly:
        return
    config.stash[CHROMIUM] = find_chromium() or install_chromium()
    if config.stash[CHROMIUM] is None:
        config.stash[LEFT_OUT] = [item.nodeid for item in needing]
        for item in needing:
            item.add_marker(pytest.mark.skip(reason="no Chromium could be found or installed"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    left_out = session.config.stash.get(LEFT_OUT, [])
    if left_out and _in_ci() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    left_out = config.stash.get(LEFT_OUT, [])
    if not left_out:
        return
    terminalreporter.section("LEFT OUT: the browser journeys", red=True, bold=True)
    for name in left_out:
        terminalreporter.line(name)
    terminalreporter.line(
        "No Chromium could be found or installed, so the tests above did not run. Install "
        "Chromium or Google Chrome, or name one in UPDOWN_CHROMIUM, then run the tests again."
    )
    if _in_ci():
        terminalreporter.line("Because CI is set, a run without them has failed.")


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true")


@pytest.fixture(scope="module", autouse=True)
def own_environment() -> Iterator[None]:
    """What a file of tests changes in the environment, such as by reading the configuration of a
    class, is undone before the next one in this process."""
    with mock.patch.dict(os.environ):
        yield


@pytest.fixture(scope="session")
def chromium_path(request: pytest.FixtureRequest) -> Path:
    """The Chromium to use; the test that asks has to be marked `browser`."""
    path = request.config.stash.get(CHROMIUM, None)
    assert path is not None, "mark this test with @pytest.mark.browser"
    return path


# A module's, not the session's: while Playwright runs, no other test could run an event loop.
@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """A headless Chromium, driven by Playwright; use `browser.new_page()`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(LAUNCH_FLAGS))
        yield browser
        browser.close()
