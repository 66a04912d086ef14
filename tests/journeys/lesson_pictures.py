"""One picture of each lesson for README.md, and whole lessons, light and dark, to look at.

python -m tests.journeys.lesson_pictures            writes docs/images/lessons/<number>.png
python -m tests.journeys.lesson_pictures 02 03      those of some lessons
python -m tests.journeys.lesson_pictures --whole    whole lessons as well, in build/pictures
python -m tests.journeys.lesson_pictures --solved   whole lessons alone, with their solutions
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

import nbformat
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
PART = 1600
HIDDEN = re.compile(r"^\S+ BEGIN HIDDEN.*?^\S+ END HIDDEN[^\n]*\n?", re.MULTILINE | re.DOTALL)
MARK = re.compile(r"^.*(?:BEGIN|END) SOLUTION.*\n?", re.MULTILINE)
# JupyterLab lays out only what is near, unless it is told to lay out all.
# Of a notebook, which may be scrolled beyond its end: where its last cell ends, and what is seen.
HEIGHTS = """node => [
    [...node.querySelectorAll(".jp-Cell")].pop().getBoundingClientRect().bottom
        - node.getBoundingClientRect().top + node.scrollTop,
    node.clientHeight,
]"""
ALL_CELLS = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("numbers", nargs="*", help="numbers of lessons (default: all)")
    parser.add_argument("--whole", action="store_true", help="whole lessons too, light and dark")
    parser.add_argument("--solved", action="store_true", help="whole lessons alone, solved")
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
        lessons = _write_course(Path(name), solved=chosen.solved)
        wanted = [one for one in lessons if not chosen.numbers or one[:2] in chosen.numbers]
        outer = {key: text for key, text in os.environ.items() if not key.startswith("JUPYTER")}
        with serve_lab(Path(name), {**outer, "HOME": name}) as lab, sync_playwright() as player:
            browser = player.chromium.launch(executable_path=chromium, args=list(LAUNCH_FLAGS))
            page = browser.new_page(viewport={"width": WIDTH, "height": 1000})
            page.set_default_timeout(SLOW)
            for lesson in wanted:
                page.goto(lab.url(f"/lab/tree/notebooks/{lesson}/{lesson}.ipynb") + "&reset")
                taken = LabPage(page, WHOLE)
                _run(taken)
                if not chosen.solved:
                    _take(taken, lesson, Path(name))
                if chosen.whole or chosen.solved:
                    _picture_whole(taken, f"{lesson}-solved" if chosen.solved else lesson)
            browser.close()
    return 0


def _write_course(folder: Path, *, solved: bool) -> tuple[str, ...]:
    """The learner's files as the build makes them, or as they are with every solution; and
    JupyterLab's settings. Gives the lessons."""
    site = make_site(ROOT / "lessons")
    for problem in site.problems:
        print(problem, file=sys.stderr)
    source = {
        name.removeprefix("source/"): content
        for name, content in site.course.items()
        if name.startswith("source/")
    }
    for name, content in (source if solved else site.notebooks).items():
        path = folder / "notebooks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_as_learner(content) if solved and name.endswith(".ipynb") else content)
    shutil.copytree(ROOT / "etc", folder / "etc")
    settings = folder / "etc" / "labconfig" / "default_setting_overrides.json"
    settings.write_text(json.dumps({**json.loads(settings.read_text()), **ALL_CELLS}))
    return site.lessons


def _as_learner(source: bytes) -> bytes:
    """A notebook with its solutions as a learner's would be who has written the same."""
    notebook = nbformat.reads(source.decode(), as_version=4)
    for cell in notebook.cells:
        cell.source = MARK.sub("", HIDDEN.sub("", cell.source)).rstrip("\n")
    return nbformat.writes(notebook).encode()


def _run(lab: LabPage) -> None:
    expect(lab.notebook.locator(".jp-CodeCell").first).to_be_visible(timeout=SLOW)
    lab.page.keyboard.press("ControlOrMeta+B")  # the side bar goes
    last = lab.notebook.locator(".jp-CodeCell").last.locator(".jp-InputPrompt")
    lab.wait_for_kernel()
    lab.run_all_until(lambda: expect(last).to_have_text(re.compile(r"\[\d+\]"), timeout=SLOW))


def _take(lab: LabPage, lesson: str, course: Path) -> None:
    shown, place = find_shown(course / "notebooks", lesson)
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


def _picture_of(page: Page, output: Locator, path: Path) -> None:
    box = output.bounding_box()
    assert box is not None
    height = min(box["height"], MOST_HEIGHT)
    page.screenshot(path=path, clip={**box, "height": height}, animations="disabled")


def _picture_whole(lab: LabPage, name: str) -> None:
    """The lesson from its first line to its last, in parts that can be looked at."""
    WHOLE.mkdir(parents=True, exist_ok=True)
    lab.page.set_viewport_size({"width": WIDTH, "height": PART})
    inside = lab.notebook.locator(".jp-WindowedPanel-outer")
    for theme in ("Dark", "Light"):
        lab.use_theme(theme)
        height, seen = inside.evaluate(HEIGHTS)
        for number, top in enumerate(range(0, int(height), int(seen)), start=1):
            inside.evaluate("(node, top) => { node.scrollTop = top; }", top)
            lab.page.wait_for_timeout(200)
            lab.page.screenshot(path=WHOLE / f"{name}-{theme.lower()}-{number}.png")
    lab.page.set_viewport_size({"width": WIDTH, "height": 1000})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
