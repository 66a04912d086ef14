"""`updown course report`: the numbers of every lesson; the exit code says whether all hold."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from .course_commands import LESSON, command, make_course, run


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path)


def test_the_numbers_are_those_of_the_text(course: Path) -> None:
    found = json.loads(run(course, "report", "--json").stdout)["lessons"]
    assert [one["lesson"] for one in found] == [LESSON]
    text = (course / "lessons" / LESSON / "lesson.md").read_text(encoding="utf-8")
    opening = text.split("```python", 1)[0]
    assert found[0]["actions"] == text.count("\n```python") + text.count("\n```sql")
    assert found[0]["longest_gap"] >= len(opening.split())
    assert found[0]["seconds"] is None and not found[0]["draft"]
    bank = (course / "lessons" / LESSON / "quiz.toml").read_text(encoding="utf-8")
    asked = {kind: bank.count(f'kind = "{kind}"') for kind in found[0]["quiz_questions"]}
    assert found[0]["quiz_questions"] == asked
    spec = course / "lessons" / LESSON / "exercises" / "add-email.toml"
    assert found[0]["exercises"]["add-email"] == spec.read_text(encoding="utf-8").count("[[wrong]]")


def test_outside_the_bounds_it_fails_with_sentences_on_standard_error(course: Path) -> None:
    (course / "lessons" / LESSON / "instructor.md").write_text("Too short.\n")
    done = run(course, "report", "04")
    assert done.returncode == 1
    assert done.stdout.startswith(f"{LESSON}: ") and len(done.stdout.splitlines()) == 1
    assert f"lessons/{LESSON}/instructor.md: the note has 2 words; 100 to 200" in done.stderr
    outside = json.loads(run(course, "report", "--json").stdout)["lessons"][0]["outside"]
    assert [one["bound"] for one in outside].count("note") == 1


def test_what_cannot_be_read_is_named_and_the_others_are_counted(course: Path) -> None:
    broken = course / "lessons" / "05-broken"
    broken.mkdir()
    (broken / "lesson.md").write_text("# Broken\n\n```sql\nSELECT 1;\n")
    done = run(course, "report")
    assert done.returncode == 1
    assert "lessons/05-broken/lesson.md, line 3: this fence is not closed" in done.stderr
    assert done.stdout.startswith(f"{LESSON}: ")


def test_a_terminal_gets_a_table(course: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(command("report"), cwd=course, stdout=theirs, stderr=subprocess.DEVNULL):
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            seen += part
    os.close(ours)
    head, row, *_ = seen.decode().splitlines()
    assert head.split()[:3] == ["lesson", "words", "min"]
    assert row.split()[0] == LESSON and row.split()[-1] == "–" and len(head) == len(row)
    assert "quiz questions" in seen.decode()


def test_a_run_is_timed_and_a_cell_that_stops_is_named(course: Path) -> None:
    text = course / "lessons" / LESSON / "lesson.md"
    with text.open("a", encoding="utf-8") as file:
        file.write("\n```python\nraise ValueError('no such thing')\n```\n")
    done = run(course, "report", LESSON, "--run", "--json")
    found = json.loads(done.stdout)["lessons"][0]
    assert done.returncode == 1 and found["seconds"] > 0
    assert found["problems"] == ["ValueError: no such thing"]
    assert sorted(path.name for path in course.iterdir()) == ["etc", "lessons"]


def test_an_unknown_lesson_and_a_folder_without_a_course_are_sentences(
    course: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    done = run(course, "report", "11-none")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"There is no lesson 11-none; there are {LESSON}.\n"
    elsewhere = run(tmp_path_factory.mktemp("elsewhere"), "report")
    assert elsewhere.returncode == 1 and "hold no lessons/ folder" in elsewhere.stderr
