"""`updown class grade`: nbgrader's marks, each once, again only where something changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

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
    updown_grade,
)
from tests.grading.class_folder import ClassFolder
from tests.grading.hostile_files import (
    duckdb_py,
    nested_json,
    page_link,
    pipe,
    pipe_for_a_timestamp,
)

SPOILT = (duckdb_py, nested_json, page_link, pipe, pipe_for_a_timestamp)

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassFolder]:
    with open_short_class(tmp_path_factory.mktemp("grade")) as course:
        yield course


@pytest.fixture
def course(made: ClassFolder) -> Iterator[ClassFolder]:
    """The class with nothing handed in and nothing graded."""
    before = (made.folder / "gradebook.db").read_bytes()
    yield made
    for name in ("submitted", "autograded", "feedback", ".grading"):
        shutil.rmtree(made.folder / name, ignore_errors=True)
    (made.folder / "gradebook.db").write_bytes(before)


def test_right_wrong_empty_and_hostile_work_gets_the_marks_that_nbgrader_gives(
    course: ClassFolder,
) -> None:
    hand_in(course, "right", RIGHT)
    hand_in(course, "wrong", WRONG)
    course.submit("untouched")
    for spoil in SPOILT:
        spoil(hand_in(course, spoil.__name__, RIGHT))
    told = grade(course)
    ours = automatic_points(course)
    assert ours["right"] == points_of(course, RIGHT)
    assert ours["wrong"] == points_of(course, WRONG)
    assert ours["untouched"] == 0
    assert told["graded"] == len(ours) == 3 + len(SPOILT)
    course.autograde("--force")
    assert automatic_points(course) == ours
    assert grade(course)["graded"] == len(ours)  # nbgrader removed the stamps
    assert automatic_points(course) == ours
    course.give_feedback()
    assert not [*course.folder.glob("feedback/*/*/.updown*")]


def test_it_names_who_has_zero_because_nothing_could_be_read(course: ClassFolder) -> None:
    hand_in(course, "ada", RIGHT).write_text("my answer is yes\n")
    hand_in(course, "grace", RIGHT).unlink()
    told = grade(course)
    why = {one["student"]: one["unreadable"] for one in told["submissions"]}
    assert why == {"ada": "it is not JSON, so no notebook", "grace": "there is no such file"}
    said = updown_grade(course, LESSON)
    assert "0 graded, 2 unchanged, 0 failed" in said
    assert f"ada, {LESSON}: it is not JSON, so no notebook." in said


def test_a_run_again_grades_only_what_changed(course: ClassFolder) -> None:
    for student in ("ada", "grace", "lin"):
        hand_in(course, student, WRONG)
    assert (grade(course)["graded"], grade(course)["graded"]) == (3, 0)
    hand_in(course, "grace", RIGHT)
    assert outcomes(grade(course)) == {"ada": "unchanged", "grace": "graded", "lin": "unchanged"}
    assert automatic_points(course)["grace"] == points_of(course, RIGHT)
    assert grade(course, "--all")["graded"] == 3
    assert outcomes(grade(course, "--all", "--student", "lin")) == {"lin": "graded"}


def test_a_changed_spec_grades_all_again(course: ClassFolder) -> None:
    hand_in(course, "ada", RIGHT)
    spec = course.folder / "specs" / LESSON / f"{CHECK}.toml"
    before = spec.read_bytes()
    grade(course)
    try:
        spec.write_bytes(before + b"\n# for next year\n")
        assert grade(course)["graded"] == 1
    finally:
        spec.write_bytes(before)
    assert (grade(course)["graded"], grade(course)["graded"]) == (1, 0)


def test_what_somebody_took_out_of_the_gradebook_is_graded_again(course: ClassFolder) -> None:
    hand_in(course, "ada", RIGHT)
    grade(course)
    with gradebook_of(course) as gradebook:
        gradebook.remove_submission(LESSON, "ada")
    assert grade(course)["graded"] == 1
    assert automatic_points(course) == {"ada": points_of(course, RIGHT)}


def test_marks_and_comments_by_hand_stay_and_are_told(course: ClassFolder) -> None:
    hand_in(course, "ada", WRONG)
    grade(course)
    with gradebook_of(course) as gradebook:
        mark = gradebook.find_grade(CHECK, LESSON, LESSON, "ada")
        mark.manual_score, mark.extra_credit, mark.needs_manual_grade = 1.5, 0.5, False
        comment = gradebook.find_comment(f"{CHECK}-answer", LESSON, LESSON, "ada")
        comment.manual_comment = "Well thought."
        gradebook.db.commit()
    assert grade(course)["graded"] == 0
    hand_in(course, "ada", RIGHT)
    (told,) = grade(course)["submissions"]
    assert told["points"] == 2
    assert [one["cell"] for one in told["waiting"]] == [CHECK]
    with gradebook_of(course) as gradebook:
        mark = gradebook.find_grade(CHECK, LESSON, LESSON, "ada")
        assert (mark.manual_score, mark.extra_credit) == (1.5, 0.5)
        assert mark.auto_score == points_of(course, RIGHT)
        comment = gradebook.find_comment(f"{CHECK}-answer", LESSON, LESSON, "ada")
        assert comment.comment == "Well thought."


def test_a_due_date_that_moved_counts(course: ClassFolder) -> None:
    due = datetime(2026, 11, 20, 12)
    path = hand_in(course, "ada", RIGHT)
    path.with_name("timestamp.txt").write_text(f"{due + timedelta(hours=3)} UTC\n")
    with gradebook_of(course) as gradebook:
        gradebook.update_or_create_assignment(LESSON, duedate=due)
    config = course.folder / "nbgrader_config.py"
    before = config.read_text()
    try:
        config.write_text(f"{before}\nget_config().LateSubmissionPlugin.penalty_method = 'zero'\n")
        (late,) = grade(course)["submissions"]
        assert late["points"] == 0
        assert course.marks() == {"ada": 0}
        with gradebook_of(course) as gradebook:
            gradebook.grant_extension(LESSON, "ada", days=1)
        (told,) = grade(course)["submissions"]
        assert (told["outcome"], told["points"]) == ("graded", points_of(course, RIGHT))
    finally:
        config.write_text(before)


def test_what_cannot_be_graded_stops_nobody_and_keeps_no_mark(course: ClassFolder) -> None:
    for student in ("ada", "grace"):
        hand_in(course, student, RIGHT)
    grade(course)
    released = course.folder / "release" / LESSON / f"{LESSON}.ipynb"
    text = released.read_bytes()
    try:
        released.unlink()
        told = grade(course, code=1)
    finally:
        released.write_bytes(text)
    assert outcomes(told) == {"ada": "failed", "grace": "failed"}
    assert [one["where"] for one in told["problems"]] == [f"ada, {LESSON}", f"grace, {LESSON}"]
    assert automatic_points(course) == {"ada": None, "grace": None}
    assert grade(course)["graded"] == 2


def test_a_wrong_call_is_told_in_a_sentence(course: ClassFolder) -> None:
    def told(*arguments: str, code: int = 1) -> str:
        return updown_grade(course, *arguments, code=code)

    assert "Name a lesson" in told(code=2)
    assert "no run of this class was stopped" in told("--resume")
    assert told("99-none") == "99-none: the class has no such lesson; name one of `source/`.\n"
    said = told(LESSON, "--student", "nobody")
    assert said == "nobody: they handed in nothing of it; look for the id in submitted/.\n"
    assert "a number from 1" in told(LESSON, "--jobs", "0", code=2)
    assert "it is no class's folder" in told(LESSON, "--course", "..")
    assert "0 graded, 0 unchanged, 0 failed" in told(LESSON, code=0)


def outcomes(told: dict[str, object]) -> dict[str, str]:
    submissions = told["submissions"]
    assert isinstance(submissions, list)
    return {one["student"]: one["outcome"] for one in submissions}


def test_two_classes_of_a_process_do_not_mix(course: ClassFolder, tmp_path: Path) -> None:
    from course_lib.classroom.grade_one import grade_one

    hand_in(course, "ada", RIGHT)
    shutil.copytree(course.folder, tmp_path / "other")
    shutil.rmtree(tmp_path / "other" / "submitted")
    other = ClassFolder(tmp_path / "other", course.terminal, LESSON, CHECK)
    hand_in(other, "ada", WRONG)
    before = dict(os.environ)
    try:
        for one in (course, other, course):
            grade_one(one.folder, LESSON, "ada", anew=True)
    finally:
        os.environ.clear()
        os.environ.update(before)
    assert automatic_points(course) == {"ada": points_of(course, RIGHT)}
    assert automatic_points(other) == {"ada": points_of(other, WRONG)}
