"""The feedback page of a graded submission in a browser: what it shows, and to whom."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from course_lib.code_words import words_to_html
from course_lib.exercises import Verdict, check_answer, load_spec
from tests.grading.class_folder import SPEC, ClassFolder, open_class, words_of
from tests.grading.submissions import answer
from tests.grading.test_quiz_points import COUNTED, keep

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(600),
]

EXERCISE = load_spec(SPEC)
WRONG = max(EXERCISE.wrong_answers, key=lambda one: len(one.also))
Scheme = Literal["light", "dark"]
OWN = "-- my own words about <b>this</b>"


@dataclass(frozen=True)
class Graded:
    course: ClassFolder
    verdict: Verdict


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    """A learner whose answer fails several requirements, and who missed a question of the quiz."""
    base = tmp_path_factory.mktemp("feedback")
    with open_class(base / "course") as course:
        text = f"{str(WRONG.answer).rstrip()}\n{OWN}"
        path = course.submit("ada", answer(text))
        keep(path.parent / "answers", [("why-three-steps", ["style"])], 0)
        course.autograde()
        course.give_feedback()
        yield Graded(course, check_answer(EXERCISE, text, secret=course.secret))


def shown(text: str) -> str:
    """A sentence as `words_of` gives those of a page."""
    return words_of(words_to_html(text))


def test_it_shows_the_answer_each_requirement_each_difference_and_the_explanations(
    graded: Graded,
) -> None:
    page = graded.course.feedback_words("ada")
    assert OWN in page
    assert graded.verdict.points < graded.verdict.max_points
    for result in graded.verdict.results:
        assert shown(result.title) in page
        for difference in result.differences:
            assert shown(difference.object) in page and shown(difference.is_) in page
            assert shown(difference.expected) in page
    question = COUNTED.question("why-three-steps")
    assert question is not None
    ((_, _, told),) = [one for one in question.explanations() if one[1].endswith("/style")]
    assert shown(told) in page


def opened(graded: Graded, browser: Browser, scheme: Scheme) -> Page:
    folder = graded.course.folder / "feedback" / "ada" / graded.course.lesson
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    # The page asks for MathJax from elsewhere, which neither the test nor a reader needs.
    page.route(re.compile(r"^https?://"), lambda route: route.abort())
    page.goto((folder / f"{graded.course.lesson}.html").as_uri())
    return page


PAPERS = """() => {
  const paper = one => {
    for (let node = one; node; node = node.parentElement) {
      const [r, g, b, a] = getComputedStyle(node).backgroundColor.match(/[\\d.]+/g).map(Number);
      if (a === undefined || a > 0.5) return Math.max(r, g, b);
    }
    return 255;
  };
  return [...document.querySelectorAll("body, p, h1, pre, code, td, li, .panel-footer")].map(paper);
}"""
"""The paper that each text stands on, from 0 (black) to 255."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_on_the_paper_of_the_theme(
    graded: Graded, browser: Browser, scheme: Scheme
) -> None:
    page = opened(graded, browser, scheme)
    papers = page.evaluate(PAPERS)
    assert len(papers) > 50
    assert all((paper > 200) is (scheme == "light") for paper in papers)
    page.emulate_media(media="print", color_scheme="dark")
    assert min(page.evaluate(PAPERS)) > 200
    page.close()


def test_a_state_stands_on_one_line(graded: Graded, browser: Browser) -> None:
    page = opened(graded, browser, "light")
    states = page.locator("td", has_text=re.compile(r"^.\s*(not checked|not yet|met|passed)$"))
    heights = states.evaluate_all(
        "cells => cells.map(one => { const text = document.createRange();"
        " text.selectNodeContents(one); const { height } = text.getBoundingClientRect();"
        " return height / parseFloat(getComputedStyle(one).fontSize); })"
    )
    assert "not checked" in " ".join(states.all_inner_texts())
    assert max(heights) < 2
    page.close()


def test_the_columns_of_a_table_are_apart(graded: Graded, browser: Browser) -> None:
    page = opened(graded, browser, "light")
    gaps = page.locator(".rendered_html td:not(:last-child)").evaluate_all(
        "cells => cells.map(one => parseFloat(getComputedStyle(one).paddingRight))"
    )
    assert gaps and min(gaps) > 5
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_whole_page_is_without_a_finding_of_axe(
    graded: Graded, browser: Browser, scheme: Scheme
) -> None:
    page = opened(graded, browser, scheme)
    expect(page.get_by_role("navigation", name="On this page")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()
