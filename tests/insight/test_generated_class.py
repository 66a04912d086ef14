"""The report of a generated class: counted from real grading and real records, and looked at."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from course_lib.grading.verdicts import read_verdicts
from tests.classroom.class_course import updown_class
from tests.grading.class_folder import ClassFolder
from tests.insight.generated import LAST, LESSONS, MALLORY, SCRIPT, generated_class
from tests.journeys.contrast import pale_texts
from tests.journeys.lab_page import picture_folder

ROOT = Path(__file__).parents[2]
LEARNERS = 32
WIDE, NARROW, ZOOMED = (1280, 900), (340, 800), (640, 450)
"""Of a window; a page at 200 % in a window of 1,280 has 640 pixels."""

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    # Some sixty submissions are graded before the first of these tests.
    pytest.mark.timeout(1800),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassFolder]:
    with generated_class(tmp_path_factory.mktemp("generated"), LEARNERS) as course:
        yield course


@pytest.fixture(scope="module")
def reports(course: ClassFolder, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The report with names, and the one without."""
    named, unnamed = course.folder / "insight", tmp_path_factory.mktemp("to") / "no-names"
    assert updown_class(course.folder, "insight") == 0
    assert updown_class(course.folder, "insight", "--no-names", "--to", unnamed) == 0
    return named, unnamed


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def page_of(folder: Path) -> str:
    return (folder / "insight.html").read_text(encoding="utf-8")


def test_requirements_are_counted_as_they_were_graded(
    course: ClassFolder, reports: tuple[Path, Path]
) -> None:
    for row in rows(reports[0], "requirements.csv"):
        states = []
        for path in sorted(course.folder.glob(f"autograded/*/{row['lesson']}")):
            work = read_verdicts(course.folder, row["lesson"], path.parent.name)
            for cell in work.cells:
                if cell.exercise == row["exercise"] and cell.verdict is not None:
                    states += [
                        one.state for one in cell.verdict.results if one.id == row["requirement"]
                    ]
        counts = [int(row[name]) for name in ("passed", "failed", "not_checked", "no_answer")]
        assert sum(counts) == len(states) and counts[0] == states.count("passed")
        # What was left as it was handed out fails or is not checked, and is told as no answer.
        assert counts[1] + counts[2] + counts[3] == len(states) - states.count("passed")
        assert 0 <= int(row["met_at_first_check"]) <= int(row["with_record"]) <= LEARNERS + 1


def test_ideas_have_the_names_of_the_wrong_answers(reports: tuple[Path, Path]) -> None:
    ideas = rows(reports[0], "ideas.csv")
    known = [one for one in ideas if one["known"] == "yes"]
    # All of the class made the mistakes of the specs, except for mallory.
    assert len(known) > 10 and len(ideas) - len(known) == 1
    assert "no down" in {one["words"] for one in known}


def test_every_part_of_the_report_has_something_to_tell(reports: tuple[Path, Path]) -> None:
    named = reports[0]
    repeat = rows(named, "repeat.csv")
    assert 0 < len(repeat) <= 7 and all(row["why"] and row["where"] for row in repeat)
    weights = [float(row["weight"]) for row in repeat]
    assert weights == sorted(weights, reverse=True)
    assert rows(named, "stuck.csv")
    gains = rows(named, "gain.csv")
    assert len(gains) == 3 and all(int(row["answered_both"]) > 15 for row in gains)
    assert sum(int(row["gained"]) for row in gains) > sum(int(row["lost"]) for row in gains)
    assert {row["kind"] for row in rows(named, "options.csv")} > {"one-choice", "order", "match"}
    assert sum(
        int(row["learners"]) for row in rows(named, "hints.csv") if row["furthest_hint"] > "0"
    )


def test_every_place_that_is_linked_is_there_once(reports: tuple[Path, Path]) -> None:
    page = page_of(reports[0])
    places = re.findall(r' id="([^"]+)"', page)
    assert len(set(places)) == len(places)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(places)


class Tags(HTMLParser):
    """The tags of a page and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("which", [0, 1])
def test_the_page_loads_nothing_runs_nothing_and_escapes_a_learners_markup(
    reports: tuple[Path, Path], which: int
) -> None:
    page = page_of(reports[which])
    tags = Tags(page).found
    assert not {"script", "img", "iframe", "link", "object"} & {tag for tag, _ in tags}
    for _, attributes in tags:
        assert not any(name.startswith("on") or name == "src" for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert SCRIPT not in page and not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", page)
    assert ("&lt;img src=x" in page) is (which == 0)  # left out, it is of one learner alone


def test_without_names_nobody_can_be_told_from_it(
    course: ClassFolder, reports: tuple[Path, Path]
) -> None:
    _, unnamed = reports
    everything = "".join(path.read_text(encoding="utf-8-sig") for path in unnamed.iterdir())
    everything += " ".join(path.name for path in unnamed.iterdir())
    names = {path.name for path in (course.folder / "submitted").iterdir()} | {*LAST, MALLORY}
    assert [one for one in names if re.search(rf"\b{re.escape(one)}\b", everything)] == []
    assert "@example.org" not in everything and "a learner" in everything
    # The numbers are the same.
    for sheet in ("requirements.csv", "options.csv", "gain.csv", "hints.csv"):
        assert rows(unnamed, sheet) == rows(reports[0], sheet)


def test_no_cell_is_a_formula(reports: tuple[Path, Path]) -> None:
    for folder in reports:
        for path in folder.glob("*.csv"):
            for row in rows(folder, path.name):
                assert not any(
                    cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row.values()
                )


def test_what_could_not_be_read_is_named(reports: tuple[Path, Path]) -> None:
    page = page_of(reports[0])
    assert "it is larger than 4 MB" in page and "lines are no record" in page
    assert "root:" not in page


def test_one_lesson_and_json(
    course: ClassFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "one"
    assert updown_class(course.folder, "insight", LESSONS[0], "--to", to, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["lessons"] == [LESSONS[0]] and told["problems"] == []
    assert {Path(path).parent for path in told["files"]} == {to}
    assert {row["lesson"] for row in rows(to, "requirements.csv")} == {LESSONS[0]}


def test_the_terminal_names_who_is_stuck(
    course: ClassFolder,
    reports: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With names those of the page; without them what stands there in their place."""
    for folder, *arguments in (reports[0],), (reports[1], "--no-names"):
        told = (LESSONS[1], "--to", tmp_path / "to", *arguments)
        assert updown_class(course.folder, "insight", *told) == 0
        said = capsys.readouterr().out
        (line,) = [one for one in said.splitlines() if one.startswith("Stuck now: ")]
        names = {row["learner"] for row in rows(folder, "stuck.csv")}
        told_names = line.removeprefix("Stuck now: ").removesuffix(".").split(", and ")[0]
        assert set(told_names.split(", ")) <= names
        assert " 1 lesson.\n" in said


def opened(browser: Browser, folder: Path, size: tuple[int, int], scheme: str) -> Page:
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto((folder / "insight.html").as_uri())
    return page


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW, ZOOMED], ids=["wide", "narrow", "zoomed"])
def test_it_can_be_read_in_both_themes_at_any_width(
    reports: tuple[Path, Path], browser: Browser, size: tuple[int, int], scheme: str
) -> None:
    page = opened(browser, reports[0], size, scheme)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert pale_texts(page.locator("body")) == []
    # Nothing stands outside of the window, at the side.
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.screenshot(path=picture_folder(ROOT) / f"insight-{size[0]}-{scheme}.png")
    page.close()


@pytest.mark.browser
def test_it_is_read_aloud_and_walked_through_without_a_mouse(
    reports: tuple[Path, Path], browser: Browser
) -> None:
    page = opened(browser, reports[0], NARROW, "light")
    # As blocks on a narrow page they still are tables to who hears them.
    table = page.get_by_role("table", name=re.compile("^Requirements")).first
    assert table.get_by_role("columnheader").count() == 8
    assert table.get_by_role("rowheader").first.inner_text().strip()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To repeat in class"
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash.startsWith('#gain')")
    page.close()


@pytest.mark.browser
def test_on_paper_it_is_light_and_whole(reports: tuple[Path, Path], browser: Browser) -> None:
    page = opened(browser, reports[0], WIDE, "dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.get_by_role("navigation").is_visible()
    assert page.locator("svg.bar").first.is_visible()
    page.close()


def test_a_class_folder_without_work_and_a_lesson_that_is_not_there_are_refused(
    course: ClassFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*arguments: str) -> str:
        assert updown_class(course.folder, "insight", *arguments) == 1
        return capsys.readouterr().err

    assert "the class has no such lesson" in said("05-of-nobody")
    assert "it is no class's folder" in said("--course", str(tmp_path))
    shutil.copytree(course.folder / "source", tmp_path / "class" / "source")
    for name in ("nbgrader_config.py", "secret.txt"):
        shutil.copy(course.folder / name, tmp_path / "class" / name)
    assert "nothing was handed in yet" in said("--course", str(tmp_path / "class"))
