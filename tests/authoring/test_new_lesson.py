"""`updown course new-lesson`: a draft that passes as one, from the command to its publication."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from course_lib.authoring.skeleton import FILES

from .course_commands import LESSON, ROOT, make_course, run

NEW = "10-splitting-a-table"
DRAFT = f"lessons/drafts/{NEW}"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path)


def files_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_draft_is_whole_in_form_and_is_not_published_before_it_is_moved(course: Path) -> None:
    made = run(course, "new-lesson", NEW)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith(f"The draft of a lesson is in {DRAFT}/.")

    # It passes as a draft: its exercise holds, its notebook runs, and what it lacks is no failure.
    verified = run(course, "verify", f"{NEW}/add-stock")
    assert (verified.returncode, verified.stderr) == (0, "")
    report = run(course, "report", NEW, "--run")
    assert (report.returncode, report.stderr) == (0, "")
    assert f"{NEW} is a draft and is not published. Before it can be:" in report.stdout
    assert f"{DRAFT}/quiz.toml: the longest quiz has 1 question" in report.stdout

    built = run(course, "build")
    assert built.returncode == 0
    assert {line.partition(" ")[0] for line in built.stderr.splitlines()} == {"Building"}
    assert NEW not in built.stderr
    assert f"{NEW} is a draft and is not published." in built.stdout
    assert not [name for name in files_of(course / "notebooks") if NEW in name]
    assert not [name for name in files_of(course / "build") if NEW in name]

    # Moved before it is whole, it is a lesson like any other, and is refused for what it lacks.
    (course / DRAFT).rename(course / "lessons" / NEW)
    refused = run(course, "build")
    assert refused.returncode == 1
    assert f"lessons/{NEW}/lesson.md: the lesson has" in refused.stderr


def test_a_number_that_is_taken_and_an_id_that_is_none_write_nothing(course: Path) -> None:
    before = files_of(course)
    taken = run(course, "new-lesson", "04-another")
    assert taken.returncode == 1
    assert taken.stderr == f"lessons/{LESSON}: the number 04 is taken; choose another one.\n"
    for wrong in ("splitting", "10", "10-Splitting", "../10-splitting"):
        refused = run(course, "new-lesson", wrong)
        assert refused.returncode == 2 and "is no lesson's id" in refused.stderr
    assert files_of(course) == before


def test_the_skeleton_is_installed_with_the_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    installed = settings["tool"]["setuptools"]["package-data"]["course_lib.authoring"]
    folder = ROOT / "course_lib" / "authoring"
    found = {path.name for pattern in installed for path in folder.glob(pattern)}
    assert found == set(FILES)
