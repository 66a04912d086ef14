"""One picture of each lesson for README.md, and whole lessons, light and dark, to look at.

python -m tests.journeys.lesson_pictures            writes docs/images/lessons/<number>.png
python -m tests.journeys.lesson_pictures 02 03      those of some lessons
python -m tests.journeys.lesson_pictures --whole    whole lessons as well, in build/pictures
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Locator, Page, expect, sync_playwright

from course_lib.authoring import make_site
from tests.chromium import LAUNCH_FLAGS, find_chromium
from tests.journeys.lab_page import SLOW, LabPage
from tests.journeys.shown import find_shown
from tests.lab_server import serve_lab

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "images" / "lessons"
WHOLE = ROOT / "build" / "pictures"
WIDTH, MOST_HEIGHT, MOST_BYTES = 860, 420, 60_000
PART = 2000
# JupyterLab lays out only what is near, unless it is told to lay out all.
ALL_CELLS = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("numbers", nargs="*", help="numbers of lessons (default: all)")
    parser.add_argument("--whole", action="store_true", help="whole lessons too, light and dark")
    chosen = parser.parse_args(arguments)
    chromium = find_chromium()
    if chromium is None:
        print(
            "No Chromium that starts was found. Run `make test` once, or name one in"
            " UPDOWN_CHROMIUM.",
            file=sys.stderr,
        )
        return 1
    with tempfile.TemporaryDirectory(prefix="updown-pictures-") as name:
        lessons = _write_course(Path(name))
        wanted = [one for one in lessons if not chosen.numbers or one[:2] in chosen.numbers]
        outer = {key: text for key, text in os.environ.items() if not key.startswith("JUPYTER")}
        with serve_lab(Path(name), {**outer, "HOME": name}) as lab, sync_playwright() as player:
            browser = player.chromium.launch(executable_path=chromium, args=list(LAUNCH_FLAGS))
            page = browser.new_page(viewport={"width": WIDTH, "height": 1000})
            page.set_default_timeout(SLOW)
            for lesson in wanted:
                page.goto(lab.url(f"/lab/tree/notebooks/{lesson}/{lesson}.ipynb") + "&reset")
                _take(LabPage(page, WHOLE), lesson, Path(name), whole=chosen.whole)
            browser.close()
    return 0


def _write_course(folder: Path) -> tuple[str, ...]:
    """The learner's files as the build makes them, and JupyterLab's settings. Gives the lessons."""
    site = make_site(ROOT / "lessons")
    for problem in site.problems:
        print(problem, file=sys.stderr)
    for name, content in site.notebooks.items():
        path = folder / "notebooks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    shutil.copytree(ROOT / "etc", folder / "etc")
    settings = folder / "etc" / "labconfig" / "default_setting_overrides.json"
    settings.write_text(json.dumps({**json.loads(settings.read_text()), **ALL_CELLS}))
    return site.lessons


def _take(lab: LabPage, lesson: str, course: Path, *, whole: bool) -> None:
    expect(lab.notebook.locator(".jp-CodeCell").first).to_be_visible(timeout=SLOW)
    lab.page.keyboard.press("ControlOrMeta+B")  # the side bar goes
    shown, place = find_shown(course / "notebooks", lesson)
    last = lab.notebook.locator(".jp-CodeCell").last.locator(".jp-InputPrompt")
    lab.wait_for_kernel()
    lab.run_all_until(lambda: expect(last).to_have_text(re.compile(r"\[\d+\]"), timeout=SLOW))
    output = lab.notebook.locator(".jp-CodeCell").nth(place).locator(".jp-OutputArea-output").last
    output.evaluate("node => node.scrollIntoView({block: 'start'})")
    for _ in range(shown.presses):
        output.get_by_role("button", name=re.compile(shown.button)).first.click()
        lab.page.wait_for_timeout(2500)  # the picture has come to rest
    output = output.locator(shown.part).first if shown.part else output
    output.evaluate("node => node.scrollIntoView({block: 'start'})")
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{lesson[:2]}.png"
    _picture_of(lab.page, output, path)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
    if path.stat().st_size > MOST_BYTES:
        print(f"  more than {MOST_BYTES:,}: choose something smaller in SHOWN", file=sys.stderr)
    if whole:
        _picture_whole(lab, lesson)


def _picture_of(page: Page, output: Locator, path: Path) -> None:
    box = output.bounding_box()
    assert box is not None
    height = min(box["height"], MOST_HEIGHT)
    page.screenshot(path=path, clip={**box, "height": height}, animations="disabled")


def _picture_whole(lab: LabPage, lesson: str) -> None:
    """The lesson from its first line to its last, in parts that can be looked at."""
    WHOLE.mkdir(parents=True, exist_ok=True)
    lab.page.set_viewport_size({"width": WIDTH, "height": PART})
    inside = lab.notebook.locator(".jp-WindowedPanel-outer")
    for theme in ("Dark", "Light"):
        lab.use_theme(theme)
        height, seen = inside.evaluate("node => [node.scrollHeight, node.clientHeight]")
        for number, top in enumerate(range(0, int(height), int(seen)), start=1):
            inside.evaluate("(node, top) => { node.scrollTop = top; }", top)
            lab.page.wait_for_timeout(200)
            lab.page.screenshot(path=WHOLE / f"{lesson}-{theme.lower()}-{number}.png")
    lab.page.set_viewport_size({"width": WIDTH, "height": 1000})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
