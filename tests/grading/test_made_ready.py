"""What is the instructor's is made ready once, and anew where its file was edited."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from course_lib.grading.worker_process import Cell, Death, Shown, play
from tests.grading.submissions import LESSON

pytestmark = pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system")

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "lessons" / LESSON / "exercises" / "add-email.toml"
ANSWER = """%%migration 001_add_email_to_users
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR;
UPDATE users SET email = 'temp@example.com';
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
-- migrate:down
ALTER TABLE users DROP COLUMN email;
"""
BEGIN = f"from course_lib.notebook import begin, check\nlesson = begin({LESSON!r})"
KEPT = """
from course_lib.exercises import kept, load_spec
from course_lib.notebook import world
from course_lib.notebook.live_check import course_secret, course_specs
found = [kept.find_kept(load_spec(p), course_secret()) for p in course_specs("04-adding-a-column")]
[[one is not None and len(one.worlds) for one in found], len(world._kept)]
"""
"""How many worlds each exercise has in this process before anything was checked."""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instructor's folder with one exercise, and a learner's beside it."""
    folder = tmp_path / "class"
    (folder / "specs" / LESSON).mkdir(parents=True)
    shutil.copy(SPEC, folder / "specs" / LESSON)
    (folder / "secret.txt").write_text("a secret\n")
    monkeypatch.setenv("UPDOWN_COURSE", str(folder))
    return folder


def handed_in(course: Path, student: str) -> Path:
    folder = course / "autograded" / student / LESSON
    shutil.copytree(ROOT / "notebooks" / LESSON, folder)
    return folder


def last(folder: Path, *cells: Cell) -> str:
    *_, came = play(cells, folder, seconds=60)
    assert isinstance(came, Shown) and came.outputs, came
    return str(came.outputs[-1]["data"]["text/plain"])


def points(folder: Path) -> str:
    check = Cell("check('add-email', hidden=True)")
    return last(folder, Cell(BEGIN), Cell(ANSWER, answer=True), check)


def test_a_submission_finds_the_lesson_made_ready(course: Path) -> None:
    assert last(handed_in(course, "ada"), Cell(KEPT)) == "[[5], 1]"
    assert points(handed_in(course, "bo")) == "10.0"


def test_an_edited_spec_is_noticed(course: Path) -> None:
    assert points(handed_in(course, "ada")) == "10.0"
    spec = course / "specs" / LESSON / SPEC.name
    text = spec.read_text(encoding="utf-8")
    spec.write_text(text.replace("temp@example.com", "none@example.com"), encoding="utf-8")
    assert points(handed_in(course, "bo")) not in ("10.0", "inf")
    assert last(handed_in(course, "cy"), Cell(KEPT)) == "[[5], 1]"
    spec.write_text(text, encoding="utf-8")
    assert points(handed_in(course, "di")) == "10.0"


def test_another_secret_makes_other_worlds(course: Path) -> None:
    rows = KEPT.rpartition("\n[[")[0] + "\nfound[0].worlds[-1].world.rows"
    first = last(handed_in(course, "ada"), Cell(rows))
    (course / "secret.txt").write_text("another secret\n")
    assert last(handed_in(course, "bo"), Cell(rows)) != first


def test_a_spec_that_cannot_be_made_ready_is_told_by_its_check(course: Path) -> None:
    spec = course / "specs" / LESSON / SPEC.name
    spec.write_text("this is no spec", encoding="utf-8")
    assert points(handed_in(course, "ada")) == "inf"
    shutil.copy(SPEC, spec)
    assert points(handed_in(course, "bo")) == "10.0"


def _grade_until_interrupted(course: Path) -> None:
    for student in range(1000):
        points(handed_in(course, str(student)))


def test_after_an_interruption_no_answer_is_taken_for_another(course: Path) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(KeyboardInterrupt):
            _grade_until_interrupted(course)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert points(handed_in(course, "bo")) == "10.0"


def test_a_folder_without_a_course_needs_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UPDOWN_COURSE", raising=False)
    (only,) = play([Cell("1 + 1")], tmp_path, seconds=30)
    assert not isinstance(only, Death)
