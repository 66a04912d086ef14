from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from IPython.core.formatters import DisplayFormatter
from nbgrader.utils import determine_grade  # type: ignore[import-untyped]

from course_lib.notebook import Lesson, check
from course_lib.notebook import lesson as lesson_module
from course_lib.notebook.live_check import Score
from course_lib.notebook.migration_cell import migration_cell

from .conftest import LESSON, SOURCE, THREE_STATEMENTS

NAME = "001_add_email_to_users"


def nbgrader_points(score: Score) -> float:
    """What nbgrader reads from a cell that ends with this score, of at most 10 points."""
    data, metadata = DisplayFormatter().format(score)
    output = nbformat.v4.new_output("execute_result", data, metadata=metadata)
    cell = nbformat.v4.new_code_cell("check()", outputs=[output])
    cell.metadata["nbgrader"] = {"grade": True, "solution": False, "points": 10, "grade_id": "x"}
    points: float = determine_grade(cell)[0]
    return points


def attempts(lesson: Lesson) -> list[dict[str, object]]:
    path = lesson.folder / "answers" / "attempts.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The instructor's course folder, where only grading looks."""
    course = tmp_path / "course"
    specs = course / "specs" / LESSON
    specs.mkdir(parents=True)
    shutil.copy(SOURCE / "exercises" / "add-email.toml", specs)
    (course / "secret.txt").write_text("a secret of this class\n")
    monkeypatch.setenv("UPDOWN_COURSE", str(course))
    return course


def test_the_documents_migration_gets_all_points_as_a_plain_number(lesson: Lesson) -> None:
    migration_cell(lesson, NAME, THREE_STATEMENTS)
    score = check("add-email")
    assert repr(score) == "10.0" and nbgrader_points(score) == 10
    assert "further" in score.text  # the grading uses more databases, and says so


def test_a_partly_right_answer_gets_a_part_and_the_page_says_why(lesson: Lesson) -> None:
    migration_cell(lesson, NAME, THREE_STATEMENTS.replace("WHERE email IS NULL", "WHERE id < 50"))
    score = check("add-email")
    assert 0 <= score < 10 and nbgrader_points(score) == score
    assert "SET NOT NULL" in score.text and score._repr_html_() == score.html


def test_a_missing_answer_is_zero_in_words(lesson: Lesson) -> None:
    score = check("add-email")
    assert repr(score) == "0.0" and nbgrader_points(score) == 0
    assert f"%%migration {NAME}" in score.text


def test_an_answer_that_is_not_utf8_is_a_verdict(lesson: Lesson) -> None:
    lesson.migrations.mkdir()
    (lesson.migrations / f"{NAME}.sql").write_bytes(b"-- migrate:up\n\xff\xfe\n")
    score = check("add-email")
    assert score == 0 and "UTF-8" in score.text


def test_each_attempt_is_kept(lesson: Lesson) -> None:
    check("add-email")
    migration_cell(lesson, NAME, THREE_STATEMENTS)
    check("add-email")
    first, second = attempts(lesson)
    assert (first["format"], first["answer"], first["points"]) == (1, None, 0)
    assert (second["answer"], second["points"]) == (THREE_STATEMENTS, 10)
    assert set(second["requirements"].values()) == {"passed"}  # type: ignore[attr-defined]
    assert str(second["at"]).endswith("Z")


def test_a_record_that_cannot_be_written_does_not_spoil_the_check(lesson: Lesson) -> None:
    (lesson.folder / "answers").write_text("a file where the folder should be")
    migration_cell(lesson, NAME, THREE_STATEMENTS)
    assert check("add-email") == 10


def test_grading_uses_the_hidden_databases_and_keeps_no_attempt(
    lesson: Lesson, course: Path
) -> None:
    migration_cell(lesson, NAME, THREE_STATEMENTS)
    visible, graded = check("add-email"), check("add-email", hidden=True)
    assert (visible, graded) == (10, 10)
    assert "further" in visible.text and "further" not in graded.text
    assert not (lesson.folder / "answers").exists()


def test_a_fault_of_ours_is_never_a_mark(lesson: Lesson, course: Path) -> None:
    migration_cell(lesson, NAME, THREE_STATEMENTS)
    (course / "secret.txt").unlink()
    score = check("add-email", hidden=True)
    assert "says nothing about your answer" in score.text
    with pytest.raises(ValueError):  # nbgrader leaves the submission ungraded, and says so
        nbgrader_points(score)


def test_hidden_databases_without_a_course_are_a_fault(
    lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UPDOWN_COURSE", raising=False)
    assert "UPDOWN_COURSE" in check("add-email", hidden=True).text


def test_a_wrong_name_lists_the_exercises(lesson: Lesson) -> None:
    assert 'check("add-email")' in check("ad-email").text
    assert 'check("add-email")' in check().text  # without a name: a sentence, no TypeError


def test_without_a_lesson_the_check_says_to_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lesson_module, "_active", None)
    assert "Run the first code cell" in check("add-email").text
