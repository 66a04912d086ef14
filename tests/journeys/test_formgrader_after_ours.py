"""The Formgrader opens the gradebook that `updown class grade` wrote: it shows every mark and the
page, a mark by hand and a re-grade of one learner live on, and our next run leaves them be."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.classroom.graded_class import (
    CHECK,
    LESSON,
    RIGHT,
    WRONG,
    automatic_points,
    grade,
    gradebook_of,
    hand_in,
    open_short_class,
    points_of,
)
from tests.grading.class_folder import ClassFolder
from tests.journeys.formgrader import formgrader_server, press, write
from tests.journeys.lab_page import SLOW
from tests.lab_server import LabServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(600),
]
ANSWERS = {"ada": RIGHT, "grace": WRONG, "lin": WRONG}
BY_HAND = 0.5


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassFolder]:
    """Three learners, graded by `updown class grade`."""
    with open_short_class(tmp_path_factory.mktemp("after-ours")) as course:
        for student, text in ANSWERS.items():
            hand_in(course, student, text)
        assert grade(course)["graded"] == len(ANSWERS)
        yield course


@pytest.fixture(scope="module")
def lab(course: ClassFolder) -> Iterator[LabServer]:
    with formgrader_server(course.folder) as server:
        yield server


@pytest.fixture
def page(lab: LabServer, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(SLOW)
    page.goto(lab.start)
    yield page
    page.close()


def test_it_shows_every_mark_and_what_is_done_there_stays(
    course: ClassFolder, lab: LabServer, page: Page
) -> None:
    truth = {student: points_of(course, text) for student, text in ANSWERS.items()}
    assert automatic_points(course) == truth
    submissions = f"{lab.base}/formgrader/manage_submissions/{LESSON}"
    page.goto(submissions)
    for student, points in truth.items():
        score = page.locator("tbody tr", has_text=student).locator("td.score")
        expect(score).to_have_text(f"{points:g} / {_all_points(course):g}")

    # A mark by hand, written where an instructor writes it.
    page.goto(f"{lab.base}/formgrader/submissions/{_submission(course, 'grace')}/")
    with page.expect_response("**/formgrader/api/grade/**") as saved:
        write(page.locator(f"#{CHECK}"), str(BY_HAND))
    assert saved.value.ok

    # One learner graded once more by the Formgrader's own button.
    page.goto(submissions)
    assert "Successfully autograded" in press(page, "lin", "autograde")
    assert automatic_points(course) == truth

    # The others have not changed; what the button did removed its stamp.
    told = {one["student"]: one["outcome"] for one in grade(course)["submissions"]}
    assert told == {"ada": "unchanged", "grace": "unchanged", "lin": "graded"}
    assert grade(course, "--all")["graded"] == len(ANSWERS)
    assert automatic_points(course) == truth
    marks = course.marks()
    assert marks["grace"] == BY_HAND and marks["ada"] == truth["ada"]

    page.goto(submissions)
    score = page.locator("tbody tr", has_text="grace").locator("td.score")
    expect(score).to_have_text(f"{BY_HAND:g} / {_all_points(course):g}")
    press(page, "grace", "generate-feedback")
    assert f"{BY_HAND:g}" in course.feedback_words("grace")


def _all_points(course: ClassFolder) -> float:
    with gradebook_of(course) as gradebook:
        return float(gradebook.find_assignment(LESSON).max_score)


def _submission(course: ClassFolder, student: str) -> str:
    """What the Formgrader calls the notebook of a submission."""
    with gradebook_of(course) as gradebook:
        return str(gradebook.find_submission_notebook(LESSON, LESSON, student).id)
