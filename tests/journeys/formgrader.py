"""The Formgrader in JupyterLab, started in a class's folder, and its buttons."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.journeys.lab_page import SLOW
from tests.lab_server import LabServer, serve

NOTIFICATIONS = "@jupyterlab/apputils-extension/notification.jupyterlab-settings"


@contextmanager
def formgrader_server(course: Path) -> Iterator[LabServer]:
    """JupyterLab, started in the course folder as docs/instructors.md says: `jupyter lab`."""
    outer = {name: text for name, text in os.environ.items() if not name.startswith("JUPYTER")}
    path = os.pathsep.join([str(Path(sys.executable).parent), outer["PATH"]])
    # Asked at its first start about news, in front of what is to be pressed, this person said no.
    settings = course.parent / ".jupyter/lab/user-settings" / NOTIFICATIONS
    settings.parent.mkdir(parents=True)
    settings.write_text('{"fetchNews": "false"}')
    # A test may be root, has no browser to open, and shares the machine's ports.
    command = ["jupyter", "lab", "--allow-root", "--no-browser", "--ServerApp.port=0"]
    with serve(command, course, {**outer, "HOME": str(course.parent), "PATH": path}) as server:
        yield server


def write(field: Locator, text: str) -> None:
    """Write into a field of a submission's page once the page listens to it, and leave it.

    The field is there before that; then its script gives it a placeholder.
    """
    expect(field).to_have_attribute("placeholder", re.compile("."), timeout=SLOW)
    field.fill(text)
    field.blur()


def press(formgrader: FrameLocator | Page, row: str, icon: str) -> str:
    """Press an icon in the row that holds this text; gives what the dialog says afterwards."""
    formgrader.locator("tbody tr", has_text=row).locator(f"td.{icon} a").click()
    dialog = formgrader.locator(".modal.in")
    expect(dialog.locator(".modal-title")).to_have_text("Success", timeout=SLOW)
    said = dialog.inner_text()
    dialog.get_by_role("button", name="OK").click()
    expect(dialog).to_have_count(0)
    return said
