"""What a submission's stamp holds: all that its marks depend on, and nothing that they do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from course_lib.classroom.marks_kept import Marks
from course_lib.classroom.stamp import Stamp, hash_inputs, read_stamp, write_stamp
from course_lib.grading.configuration import STAMP

LESSON = "04-a"
MARKS = Marks({"check": 3.0, "essay": None}, ("essay",), (), None, None)
WHOLE = Stamp("hash", "run", {"check": 3.0, "essay": None}, "None", "", {})


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for name, text in {
        f"submitted/ada/{LESSON}/{LESSON}.ipynb": "{}",
        f"submitted/ada/{LESSON}/answers/quiz-a.jsonl": "[]",
        f"source/{LESSON}/world.sql": "SELECT 1;",
        f"release/{LESSON}/{LESSON}.ipynb": "{}",
        f"specs/{LESSON}/a.toml": "id = 1",
        "specs/05-b/b.toml": "id = 2",
        "secret.txt": "secret",
        "nbgrader_config.py": "",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def hashed(course: Path) -> str:
    return hash_inputs(course, course / "submitted" / "ada" / LESSON, LESSON, [LESSON])


@pytest.mark.parametrize(
    "changed",
    [
        f"submitted/ada/{LESSON}/{LESSON}.ipynb",
        f"submitted/ada/{LESSON}/answers/quiz-a.jsonl",
        f"submitted/ada/{LESSON}/timestamp.txt",
        f"source/{LESSON}/world.sql",
        f"source/{LESSON}/new.sql",
        f"release/{LESSON}/{LESSON}.ipynb",
        f"specs/{LESSON}/a.toml",
        "secret.txt",
        "nbgrader_config.py",
    ],
)
def test_what_marks_depend_on_changes_it(course: Path, changed: str) -> None:
    before = hashed(course)
    (course / changed).write_text("something else")
    assert hashed(course) != before


@pytest.mark.parametrize(
    "changed",
    [
        f"submitted/ada/{LESSON}/notes.txt",
        f"submitted/ada/{LESSON}/shop.duckdb",
        "specs/05-b/b.toml",
        "roster.csv",
    ],
)
def test_what_they_do_not_depend_on_does_not(course: Path, changed: str) -> None:
    before = hashed(course)
    (course / changed).write_text("something else")
    assert hashed(course) == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), path.symlink_to("elsewhere")),
    ],
)
def test_a_notebook_that_cannot_be_read_has_a_hash_too(
    course: Path, spoil: Callable[[Path], object]
) -> None:
    before = hashed(course)
    spoil(course / "submitted" / "ada" / LESSON / f"{LESSON}.ipynb")
    assert hashed(course) != before


def test_it_holds_while_inputs_marks_and_date_are_the_same() -> None:
    assert WHOLE.holds("hash", MARKS)
    assert not WHOLE.holds("other", MARKS)
    assert not WHOLE.holds("hash", None)
    assert not WHOLE.holds("hash", replace(MARKS, automatic={"check": None, "essay": None}))
    assert not replace(WHOLE, due="2026-11-26 12:00:00").holds("hash", MARKS)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"inputs": "hash"}', "null"])
def test_one_that_is_damaged_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / STAMP).write_text(text)
    assert read_stamp(tmp_path) is None


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert read_stamp(tmp_path) is None
    write_stamp(tmp_path, WHOLE)
    assert read_stamp(tmp_path) == WHOLE
    assert [path.name for path in tmp_path.iterdir()] == [STAMP]
