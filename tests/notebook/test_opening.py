from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets  # type: ignore[import-untyped]
import pytest

from course_lib.notebook import Lesson, begin, opening
from course_lib.notebook.display import Shown
from course_lib.notebook.errors import LessonError
from course_lib.notebook.folder import find_lesson_folder
from course_lib.notebook.migration_cell import migration_cell

from .conftest import LESSON, THREE_STATEMENTS


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What cells would show, in order."""
    things: list[Any] = []
    monkeypatch.setattr(opening, "show", things.append)
    return things


def test_the_first_cell_shows_tables_rows_and_file(lesson: Lesson, shown: list[Any]) -> None:
    assert begin(LESSON) is lesson
    summary = shown[0]
    assert isinstance(summary, Shown)
    for words in ("shop.duckdb", "users     3000", "products  48", "none yet"):
        assert words in summary.text
    assert "been here before" not in summary.text


def test_who_comes_back_is_told_what_is_there_and_how_a_quiz_comes_back(
    lesson: Lesson, shown: list[Any]
) -> None:
    answers = lesson.folder / "answers"
    answers.mkdir(exist_ok=True)
    (answers / "quiz-adding-a-column.jsonl").write_text("")
    begin(LESSON)
    assert "You have been here before" in shown[0].text
    assert "comes back when its cell is run again" in shown[0].text


def test_running_the_first_cell_again_keeps_the_connection(
    lesson: Lesson, shown: list[Any]
) -> None:
    first = begin(LESSON).db
    first.execute("DELETE FROM users WHERE id = 1")
    assert begin(LESSON).db is first
    assert "2999" in shown[-2].text


def test_the_button_puts_the_lesson_back_and_says_where_the_copy_is(
    lesson: Lesson, shown: list[Any]
) -> None:
    begin(LESSON)
    migration_cell(lesson, "001_add_email_to_users", THREE_STATEMENTS)
    lesson.db.execute("DROP TABLE users")
    button, answer = shown[-1].children
    assert isinstance(button, ipywidgets.Button)
    button.click()
    assert "starts again" in answer.value and "earlier/" in answer.value
    assert lesson.db.execute("SELECT count(*) FROM users").fetchall() == [(3000,)]
    assert len(list(lesson.folder.glob("earlier/*/migrations/001*.sql"))) == 1


def test_a_fault_behind_the_button_is_seen(
    lesson: Lesson, shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(LESSON)
    button, answer = shown[-1].children
    (lesson.folder / "world.sql").unlink()
    button.click()
    assert "updown-refused" in answer.value and "world.sql" in answer.value


def test_another_lesson_lets_go_of_the_first_file(
    lesson: Lesson, shown: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = begin(LESSON).db
    other = tmp_path / "05-other"
    other.mkdir()
    (other / "world.sql").write_text("CREATE TABLE things (id INTEGER);")
    monkeypatch.chdir(other)
    second = begin("05-other")
    with pytest.raises(Exception, match="closed"):
        first.execute("SELECT 1")
    assert "things" in shown[-2].text
    second.database.close()


def test_a_wrong_name_is_one_sentence_and_no_traceback(lesson: Lesson) -> None:
    with pytest.raises(LessonError, match="There is no lesson '04-adding'") as caught:
        begin("04-adding")
    lines = caught.value._render_traceback_()
    assert " ".join(lines) == str(caught.value)
    # JupyterLab breaks a long line of an error within a word.
    assert all(len(line) <= 80 for line in lines if " " in line)


def test_the_folder_is_found_from_its_notebook_and_from_the_checkout(tmp_path: Path) -> None:
    graded = tmp_path / "autograded" / "ada" / "ps1"
    published = tmp_path / "notebooks" / LESSON
    for folder in (graded, published):
        folder.mkdir(parents=True)
        (folder / "world.sql").touch()
    (graded / f"{LESSON}.ipynb").touch()
    assert find_lesson_folder(LESSON, graded) == graded
    assert find_lesson_folder(LESSON, tmp_path) == published
    assert find_lesson_folder(LESSON, published / "migrations") == published
