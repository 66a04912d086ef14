"""`updown class release` and `feedback`: nbgrader's own steps, between its own commands."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.classroom.class_course import names_below
from tests.classroom.graded_class import (
    CHECK,
    LESSON,
    RIGHT,
    WRONG,
    grade,
    gradebook_of,
    hand_in,
    open_short_class,
    run_command,
)
from tests.grading.class_folder import ClassFolder

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassFolder]:
    """Ada's work came through the exchange, grace's in another way, and lin's is not graded."""
    with open_short_class(tmp_path_factory.mktemp("back")) as course:
        hand_in(course, "ada", RIGHT)
        (course.handed_in("ada") / "timestamp.txt").write_text("2026-01-01 12:00:00 UTC")
        (course.handed_in("ada") / "submission_secret.txt").write_text("a secret")
        hand_in(course, "grace", WRONG)
        grade(course)
        hand_in(course, "lin", RIGHT)
        yield course


def feedback(course: ClassFolder, *options: str, code: int = 0) -> dict[str, dict[str, Any]]:
    """`updown class feedback` of the lesson, by learner."""
    said = run_command(course, "feedback", LESSON, "--json", *options, code=code)
    return {one["student"]: one for one in json.loads(said)["pages"]}


def made(pages: dict[str, dict[str, Any]]) -> list[str]:
    return [student for student, one in pages.items() if one["made"]]


def outbound(course: ClassFolder) -> Path:
    return course.folder / "exchange" / "up-and-down" / "outbound" / LESSON


def test_a_released_lesson_is_in_the_exchange_and_nbgrader_knows_it(course: ClassFolder) -> None:
    said = run_command(course, "release", LESSON)
    assert f"{LESSON}: released, in {outbound(course)}." in said
    assert (outbound(course) / course.notebook).is_file()
    assert LESSON in course.terminal.run("nbgrader list")
    assert "unchanged" in run_command(course, "release", LESSON)
    (outbound(course) / course.notebook).write_text("cut")
    assert "released anew" in run_command(course, "release", LESSON)
    released = course.folder / "release" / LESSON / course.notebook
    assert (outbound(course) / course.notebook).read_bytes() == released.read_bytes()


def test_releasing_again_leaves_what_is_graded_as_it_is(course: ClassFolder) -> None:
    run_command(course, "release", LESSON)
    assert grade(course, "--student", "ada")["graded"] == 0


def test_a_lesson_that_is_not_there_is_named_and_nothing_is_released(course: ClassFolder) -> None:
    why = run_command(course, "release", LESSON, "99-nowhere", code=1)
    assert "99-nowhere" in why and "no such lesson" in why
    why = run_command(course, "feedback", "99-nowhere", code=1)
    assert "the class has no such lesson" in why


def test_a_source_that_was_run_is_refused_in_nbgraders_words(course: ClassFolder) -> None:
    run = course.folder / "source" / LESSON / "migrations"
    run.mkdir()
    before = names_below(course.folder / "release")
    try:
        why = run_command(course, "release", LESSON, code=1)
    finally:
        run.rmdir()
    assert "holds migrations: made by running the notebook" in why
    assert "Traceback" not in why
    assert names_below(course.folder / "release") == before


def test_pages_are_made_where_something_changed_and_returned_where_they_can_be(
    course: ClassFolder,
) -> None:
    first = feedback(course, code=1)
    assert made(first) == ["ada", "grace"]
    assert first["lin"]["page"] is None
    assert first["ada"]["in_exchange"] and not first["grace"]["in_exchange"]
    (returned,) = (course.folder / "exchange" / "up-and-down" / "feedback").glob("*.html")
    assert returned.read_text(encoding="utf-8") == course.feedback("ada")
    assert made(feedback(course, code=1)) == []

    said = run_command(course, "feedback", LESSON, code=1)
    assert f"grace: {course.folder}/feedback/grace/{LESSON}/{LESSON}.html" in said
    assert "it is not graded yet" in said and f"updown class grade {LESSON}" in said

    with gradebook_of(course) as gradebook:
        gradebook.find_grade(CHECK, LESSON, LESSON, "ada").manual_score = 1.0
        gradebook.db.commit()
    assert made(feedback(course, code=1)) == ["ada"]
    assert returned.read_text(encoding="utf-8") == course.feedback("ada")

    course.give_feedback()  # nbgrader's own, with --force: whose pages they are is not known now
    assert made(feedback(course, "--student", "grace")) == ["grace"]
    assert made(feedback(course, "--student", "grace", "--all")) == ["grace"]


def test_a_cell_without_a_mark_is_told(course: ClassFolder) -> None:
    with gradebook_of(course) as gradebook:
        gradebook.find_grade(CHECK, LESSON, LESSON, "grace").auto_score = None
        gradebook.db.commit()
    said = run_command(course, "feedback", LESSON, "--student", "grace")
    assert f"A cell has no mark yet, and the page says so: grace ({LESSON})." in said
    assert "no score yet" in course.feedback_words("grace")


def test_a_class_without_an_exchange_is_told_what_to_hand_out(course: ClassFolder) -> None:
    text = course.folder / "class.toml"
    text.write_text('exchange = ""\n')
    try:
        said = run_command(course, "release", LESSON)
        assert f"hand out the folder {course.folder}/release/{LESSON}" in said
        assert feedback(course, "--student", "ada")["ada"]["in_exchange"] is False
    finally:
        text.unlink()
