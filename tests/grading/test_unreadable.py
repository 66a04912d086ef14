"""What is handed in and is no notebook: zero with a note, listed, and nobody else is touched."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from course_lib.exercises import load_spec
from tests.grading.class_folder import SPEC, ClassFolder, open_class
from tests.grading.submissions import LESSON, NOTEBOOK, answer

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(600),
]

RIGHT = load_spec(SPEC).solutions[0].answer


def holds(content: bytes) -> Callable[[Path], object]:
    return lambda notebook: notebook.write_bytes(content)


def is_a_folder(notebook: Path) -> None:
    notebook.unlink()
    notebook.mkdir()


def is_a_link(notebook: Path) -> None:
    """To the work of somebody who has it right."""
    notebook.unlink()
    notebook.symlink_to(Path("..") / ".." / "zoe" / LESSON / NOTEBOOK)


def is_in_a_linked_folder(notebook: Path) -> None:
    shutil.rmtree(notebook.parent)
    notebook.parent.symlink_to(Path("..") / "zoe" / LESSON)


def is_a_pipe(notebook: Path) -> None:
    notebook.unlink()
    os.mkfifo(notebook)


def is_huge(notebook: Path) -> None:
    with notebook.open("ab") as file:
        file.truncate(200 * 2**20)


def is_a_file_for_a_folder(notebook: Path) -> None:
    shutil.rmtree(notebook.parent)
    notebook.parent.write_text("here is my work\n")


def has_another_format(notebook: Path) -> None:
    notebook.write_text(json.dumps({"nbformat": 3, "worksheets": []}))


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "not-json": (holds(b"my answer is yes\n"), "it is not JSON"),
    "cut-short": (lambda path: path.write_bytes(path.read_bytes()[:999]), "it is not JSON"),
    "empty": (holds(b""), "it is empty"),
    "not-utf-8": (holds(b'{"cells": "\xff"}'), "it is not text in UTF-8"),
    "deep": (holds(b"[" * 500_000), "it is not JSON"),
    "a-list": (holds(b"[1, 2]"), "it is JSON, but no notebook"),
    "no-cells": (holds(b'{"nbformat": 4, "cells": {}}'), "it has no list of cells"),
    "old-format": (has_another_format, "it is in notebook format 3"),
    "huge": (is_huge, "it has 200 MB"),
    "folder": (is_a_folder, "it is a folder"),
    "link": (is_a_link, "it is a link"),
    "linked-folder": (is_in_a_linked_folder, "it is a link"),
    "pipe": (is_a_pipe, "it is not a file of bytes"),
    "missing": (lambda path: path.unlink(), "there is no such file"),
    "renamed": (lambda path: path.rename(path.with_name("mine.ipynb")), "(but mine.ipynb)"),
    "file-for-folder": (is_a_file_for_a_folder, "there is no such file"),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassFolder]:
    base = tmp_path_factory.mktemp("unreadable")
    with open_class(base) as course:
        for student, (spoil, _) in SPOILT.items():
            # Graded once while it was right: the old points must not stay.
            spoil_later = student in ("not-json", "huge")
            path = course.submit(student, answer(RIGHT))
            if not spoil_later:
                spoil(path)
        course.submit("zoe", answer(RIGHT))
        odd = course.submit("odd-cells", answer(RIGHT))
        notebook = json.loads(odd.read_text())
        notebook["cells"] += [
            None,
            7,
            {"source": {"a": 1}},
            {"source": ["\ud800", 3], "metadata": []},
        ]
        odd.write_text(json.dumps(notebook))
        late = course.submit("odd-time", answer(RIGHT))
        late.with_name("timestamp.txt").write_text("the day before yesterday")
        course.autograde()
        assert course.marks()["not-json"] == course.marks()["huge"] == 10
        for student in ("not-json", "huge"):
            SPOILT[student][0](course.handed_in(student) / NOTEBOOK)
        (base / "said.txt").write_text(course.autograde("--force"))
        course.give_feedback()
        yield course


@pytest.mark.parametrize("student", SPOILT)
def test_it_gets_zero_with_a_note_that_says_why(course: ClassFolder, student: str) -> None:
    assert course.marks()[student] == 0
    words = course.feedback_words(student)
    assert f"{LESSON}.ipynb could not be read" in words
    assert SPOILT[student][1] in words
    assert "Score: 0.0 / 20.0" in words
    assert str(course.folder) not in words


def test_autograde_and_export_list_them(course: ClassFolder) -> None:
    said = (course.folder.parent / "said.txt").read_text()
    exported = course.terminal.run("nbgrader export")
    for student, (_, why) in SPOILT.items():
        for told in (said, exported):
            assert [line for line in told.splitlines() if student in line and why in line]
    for student in ("zoe", "odd-cells", "odd-time"):
        assert not [line for line in exported.splitlines() if student in line and "read" in line]


def test_what_can_be_read_is_graded(course: ClassFolder) -> None:
    marks = course.marks()
    assert [marks[student] for student in ("zoe", "odd-cells", "odd-time")] == [10, 10, 10]
    assert "could not be read" not in course.feedback_words("odd-cells")


def test_submissions_stay_as_they_were(course: ClassFolder) -> None:
    assert not (course.handed_in("missing") / NOTEBOOK).exists()
    assert (course.handed_in("link") / NOTEBOOK).is_symlink()
    assert (course.handed_in("huge") / NOTEBOOK).stat().st_size == 200 * 2**20
