"""A person in JupyterLab: opens, runs, edits, reads, restarts, saves, and takes a picture."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from playwright.sync_api import Locator, Page, expect

SLOW = 60_000  # milliseconds; a busy machine takes its time, a hung one is found all the same


@dataclass(frozen=True)
class LabPage:
    """One browser page on one JupyterLab; pictures go to the folder `pictures`."""

    page: Page
    pictures: Path

    @property
    def notebook(self) -> Locator:
        """The notebook in front."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def cell(self, text: str) -> Locator:
        """The code cell whose source holds `text`."""
        cells = self.notebook.locator(".jp-CodeCell")
        return cells.filter(has=self.page.locator(".cm-content", has_text=text)).first

    def output(self, text: str) -> Locator:
        """The output of the code cell whose source holds `text`, scrolled into view.

        JupyterLab does not lay out what is far away, so nothing could be read or found there.
        """
        self.cell(text).evaluate("node => node.scrollIntoView({block: 'start'})")
        return self.cell(text).locator(".jp-OutputArea").first

    def wait_until_idle(self) -> None:
        """Wait until no cell is running or waiting to run."""
        prompts = self.notebook.locator(".jp-InputPrompt", has_text=re.compile(r"\[\*\]"))
        expect(prompts).to_have_count(0, timeout=SLOW)

    def run_all(self) -> None:
        """Run > Run All Cells, and wait for the end."""
        self.menu("Run", "Run All Cells")
        prompts = self.notebook.locator(".jp-InputPrompt", has_text=re.compile(r"\[(\*|\d+)\]"))
        expect(prompts.first).to_be_visible(timeout=SLOW)
        self.wait_until_idle()

    def wait_for_kernel(self) -> None:
        """Wait until the kernel of a notebook that was just opened is there.

        Whoever runs a cell before that is asked which kernel it should be, and a loaded machine may
        ask even afterwards; the first one is taken. What a dialog asked is printed.
        """

        # Playwright keeps something on a method's own object, which is frozen here.
        def answer(button: Locator) -> None:
            print("JupyterLab asked:", self.page.locator(".jp-Dialog").all_inner_texts())
            button.click()

        # Not the one of restart_kernel(), which is answered there.
        accept = self.page.locator(".jp-Dialog .jp-mod-accept").filter(has_not_text="Restart")
        # Under load the dialog can outlive a click, and is clicked again then.
        self.page.add_locator_handler(accept, answer, no_wait_after=True)
        expect(self.page.locator(".jp-Notebook-ExecutionIndicator").first).to_have_attribute(
            "data-status", "idle", timeout=SLOW
        )
        # That is "idle" before there is a kernel, too. JupyterLab's status bar knows better, and
        # Notebook 7 has none.
        if self.page.locator("#jp-main-statusbar").count():
            expect(self.page.get_by_text(re.compile(r"\| Idle$"))).to_be_visible(timeout=SLOW)
        else:
            self._wait_for_session()

    def _wait_for_session(self) -> None:
        """Wait until the server has an idle kernel for this page, and the page is connected."""
        about = json.loads(self.page.locator("#jupyter-config-data").inner_text())
        address = urljoin(self.page.url, f"{about['baseUrl']}api/sessions")
        path = unquote(urlsplit(self.page.url).path)
        for _ in range(SLOW // 200):
            sessions = self.page.request.get(address).json()
            kernels = [one["kernel"] for one in sessions if path.endswith(f"/{one['path']}")]
            if any(one["connections"] and one["execution_state"] == "idle" for one in kernels):
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"no kernel came for {path}")

    def run_all_until(self, until: Callable[[], None]) -> None:
        """Run all cells; again where the front end dropped the request while it was still loading.

        `until` raises AssertionError while what the cells show is not there.
        """
        for tries_left in range(6, -1, -1):
            self.menu("Run", "Run All Cells")
            self.page.wait_for_timeout(500)
            self.wait_until_idle()
            try:
                until()
                break
            except AssertionError:
                if not tries_left:
                    raise

    def run_cell(self, text: str) -> None:
        """Click into a cell and run it with Shift+Enter, as a learner does."""
        self._edit(text)
        self.page.keyboard.press("Shift+Enter")
        self.page.wait_for_timeout(200)
        self.wait_until_idle()

    def replace_cell(self, text: str, source: str) -> None:
        """Type a new text into a cell, in place of all that stood there."""
        self._edit(text)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.press("Backspace")
        # insert_text is a paste: the editor adds no brackets or indentation of its own.
        self.page.keyboard.insert_text(source)

    def _edit(self, text: str) -> None:
        self.cell(text).evaluate("node => node.scrollIntoView({block: 'center'})")
        self.cell(text).locator(".cm-content").click()

    def restart_kernel(self) -> None:
        """Kernel > Restart Kernel…, and yes."""
        self.menu("Kernel", "Restart Kernel…")
        self.page.locator(".jp-Dialog").get_by_role("button", name="Confirm Kernel Restart").click()
        status = self.page.locator(".jp-Notebook-ExecutionIndicator:visible").first
        expect(status).to_have_attribute("data-status", "idle", timeout=SLOW)

    def save(self) -> None:
        """Save, and wait until the tab says that it is."""
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("ControlOrMeta+S")
        expect(self.page.locator(".lm-TabBar-tab.lm-mod-current.jp-mod-dirty")).to_have_count(0)
        self.page.wait_for_timeout(500)

    def menu(self, name: str, item: str) -> None:
        """Choose an item of the menu bar."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{name}$")).click()
        entry = self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(item)}$"))
        entry.first.click()

    def use_theme(self, name: str) -> None:
        """Settings > Theme > JupyterLab Light or Dark."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Settings$")).click()
        self.page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).hover()
        self.page.locator(".lm-Menu-itemLabel", has_text=f"JupyterLab {name}").last.click()
        light = "true" if name == "Light" else "false"
        expect(self.page.locator(f'body[data-jp-theme-light="{light}"]')).to_have_count(1)
        self.page.wait_for_timeout(300)

    def picture(self, station: str, what: Locator) -> None:
        """A station, light and dark: the whole window with `what` in view, and `what` alone."""
        for theme in ("Dark", "Light"):
            self.use_theme(theme)
            what.scroll_into_view_if_needed()
            what.evaluate("node => node.scrollIntoView({block: 'center'})")
            self.page.wait_for_timeout(200)
            self.page.screenshot(path=self.pictures / f"{station}-{theme.lower()}.png")
            what.screenshot(path=self.pictures / f"{station}-{theme.lower()}-alone.png")


def picture_folder(root: Path) -> Path:
    """Where pictures go: UPDOWN_PICTURES, or `build/pictures` of the checkout."""
    folder = Path(os.environ.get("UPDOWN_PICTURES", root / "build" / "pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
