"""docs/authors.md: the exercise that it builds from nothing holds, and its commands print that."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from course_lib.authoring.bounds import ORDINARY
from course_lib.quiz import KINDS
from course_lib.widgets import show_quiz
from tests.lone_lesson import copy_lesson

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def fenced(text: str, language: str, mark: str = "~~~") -> list[str]:
    pattern = rf"^{mark}{language}\n(.*?)^{mark}$"
    return [str(found) for found in re.findall(pattern, text, re.MULTILINE | re.DOTALL)]


PARTS = fenced(section("An exercise from nothing"), "toml")
CONSOLES = fenced(section("An exercise from nothing"), "console")
OF_PYTHON = section("An answer in Python")
RETURNS_TO = "04-adding-a-column"
QUIZ = PAGE.split("\n## A quiz in five minutes\n", 1)[1].split("\n## A scene", 1)[0]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course that holds the page's exercise and nothing else, and an answer to it."""
    folder = tmp_path / "lessons" / "drafts" / "exercises"
    folder.mkdir(parents=True)
    (folder / "add-phone.toml").write_text("".join(PARTS), encoding="utf-8")
    answer = PARTS[-1].split('answer = """\n', 1)[1].split('"""', 1)[0]
    (tmp_path / "answer.sql").write_text(answer, encoding="utf-8")
    return tmp_path


def run(course: Path, command: str) -> subprocess.CompletedProcess[str]:
    words = command.split()
    assert words[:2] == ["updown", "course"]
    return subprocess.run(
        [sys.executable, "-m", "course_lib.cli", *words[1:]],
        cwd=course,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_commands_print_what_the_page_says(course: Path) -> None:
    commands = 0
    for console in CONSOLES:
        for step in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
            command, _, expected = step.partition("\n")
            done = run(course, command)
            assert (done.returncode, done.stderr) == (0, ""), command
            assert done.stdout.startswith(expected)
            commands += 1
    assert commands == 3


def test_the_answer_of_the_page_earns_all_points(course: Path) -> None:
    done = run(course, "updown course check drafts/add-phone --answer answer.sql --json")
    verdict = json.loads(done.stdout)
    assert verdict["points"] == verdict["max_points"] == 5
    assert (verdict["databases"], verdict["further_databases"]) == (3, 0)


def test_a_new_lesson_begins_as_the_page_says(tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    console = fenced(section("A new lesson"), "console")[0]
    command, _, expected = console.removeprefix("$ ").partition("\n")
    done = run(tmp_path, command)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", expected)


def test_the_table_of_bounds_is_what_lessons_are_held_to() -> None:
    table = section("A new lesson")
    small = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight")
    asked = {
        "words": f"{_span(ORDINARY.words)}, and at most {ORDINARY.gap} between",
        "first": f"{ORDINARY.first} before the first",
        "minutes": _span(ORDINARY.minutes),
        "exercises": _span(ORDINARY.exercises, small),
        "wrong_answers": f"at least {small[ORDINARY.wrong_answers or 0]} wrong answers",
        "quiz": f"the longest has {_span(ORDINARY.quiz, small)} questions",
        "kinds": f"{small[ORDINARY.kinds or 0]} kinds or more",
        "note": _span(ORDINARY.note),
    }
    assert [name for name, words in asked.items() if words not in table] == []


def _span(allowed: range | None, words: Sequence[str] = ()) -> str:
    assert allowed is not None
    first, last = (words[one] if words else f"{one:,}" for one in (allowed[0], allowed[-1]))
    return f"{first} to {last}"


def test_the_quiz_of_the_page_is_built_shown_and_answered(tmp_path: Path) -> None:
    copy_lesson(RETURNS_TO, tmp_path / "lessons")
    folder = tmp_path / "lessons" / "try-a-quiz"
    folder.mkdir()
    (folder / "quiz.toml").write_text(fenced(QUIZ, "toml")[0], encoding="utf-8")
    (folder / "lesson.md").write_text(fenced(QUIZ, "", "~~~~")[0], encoding="utf-8")
    (console,) = fenced(QUIZ, "console")
    command, _, expected = console.removeprefix("$ ").partition("\n")
    done = run(tmp_path, command)
    told = done.stderr.splitlines()
    assert (done.returncode, [line for line in told if not line.startswith("Building ")]) == (0, [])
    assert done.stdout.startswith(expected.rstrip("\n")) and "try-a-quiz" in done.stdout
    learner = tmp_path / "notebooks" / "try-a-quiz"
    assert 'quiz(\\"trying\\")' in (learner / "try-a-quiz.ipynb").read_text(encoding="utf-8")
    # Nothing was missed in lesson 4, so its first idea comes back at the end.
    widget = show_quiz(learner / "quiz.toml", "trying", learner / "answers")
    names = [question.id for question in widget.state.quiz.questions]
    assert names == ["blank-or-null", "two-rows", "adding-a-column/why-three-steps"]
    for name, answer in zip(names, ("null", "2", "no-value-yet"), strict=True):
        widget.answer(name, [answer])
    assert widget.page["ending"] == ["🏆 You crushed it!", "Perfect score on this module."]

    # Another question under the same id is refused, with its line and both ways out.
    bank = folder / "quiz.toml"
    text = bank.read_text(encoding="utf-8")
    bank.write_text(text.replace("does `IS NULL` find", "does `IS NOT NULL` leave out"))
    refused = run(tmp_path, command)
    assert refused.returncode == 1
    assert "lessons/try-a-quiz/quiz.toml, line 8: Question blank-or-null reads differently" in (
        refused.stderr + refused.stdout
    )
    print_of_old = re.search(r'add was = \["(\w+)"\]', refused.stderr + refused.stdout)
    assert print_of_old is not None
    bank.write_text(
        bank.read_text().replace('idea = "blank', f'was = ["{print_of_old[1]}"]\nidea = "blank')
    )
    assert run(tmp_path, command).returncode == 0


def test_the_page_names_every_kind_of_question() -> None:
    assert [kind for kind in KINDS if f"| `{kind}` |" not in QUIZ] == []
