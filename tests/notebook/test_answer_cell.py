"""`%%answer NAME`: saved, run for the learner, and judged by the file in a program of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course_lib.exercises import load_spec, publish
from course_lib.notebook import Lesson, check
from course_lib.notebook import lesson as lesson_module
from course_lib.notebook.answer_cell import answer_cell
from course_lib.notebook.migration_cell import migration_cell
from tests.exercises.judgement.corpus import spec_of

LESSON = "07-your-own-runner"
SPECS = {name: load_spec(spec_of(name)) for name in ("pending", "rules-as-operations")}
RIGHT = str(SPECS["pending"].solutions[0].answer)
LIST = str(SPECS["rules-as-operations"].solutions[0].answer).lstrip()


@pytest.fixture(scope="session")
def published() -> dict[str, str]:
    return {name: json.dumps(publish(spec)) for name, spec in SPECS.items()}


@pytest.fixture
def lesson(
    tmp_path: Path, published: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Lesson]:
    folder = tmp_path / LESSON
    (folder / "exercises").mkdir(parents=True)
    (folder / "world.sql").write_text("CREATE TABLE users (id INTEGER);")
    for name, text in published.items():
        (folder / "exercises" / f"{name}.json").write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(lesson_module, "_active", None)
    opened = lesson_module.activate(LESSON)
    yield opened
    opened.database.close()


def test_the_cell_becomes_a_file_and_a_function_of_the_notebook(lesson: Lesson) -> None:
    names: dict[str, Any] = {"n": 1}
    shown = answer_cell(lesson, "pending", RIGHT, names)
    assert "Saved as `answers/pending.py`" in shown.text and "then check" in shown.text
    assert (lesson.folder / "answers" / "pending.py").read_text().strip() == RIGHT.strip()
    assert names["pending"](["2_b.sql", "1_a.sql"], []) == ["1_a", "2_b"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def pending(:\n", "SyntaxError in line 1: invalid syntax. The line is: `def pending(:`."),
        (
            "\nx = 1 / 0\n",
            "ZeroDivisionError in line 2: division by zero. The line is: `x = 1 / 0`",
        ),
        ("import sys\nsys.exit(3)", "SystemExit in line 2"),
        (
            "# YOUR CODE HERE\nraise NotImplementedError()\n",
            "NotImplementedError in line 2. The line is: `raise NotImplementedError()`.",
        ),
        ("def pendin(files): pass", "It has no function `pending` yet."),
    ],
)
def test_a_mistake_is_told_in_one_sentence_and_the_cell_is_saved(
    lesson: Lesson, text: str, words: str
) -> None:
    shown = answer_cell(lesson, "pending", text, {})
    assert words in shown.text and "Saved as" in shown.text and "Traceback" not in shown.text
    assert (lesson.folder / "answers" / "pending.py").is_file()


@pytest.mark.parametrize("name", ["", "../pending", "pending.py", "def", "two words", "über"])
def test_a_name_that_is_none_is_refused_and_nothing_is_saved(lesson: Lesson, name: str) -> None:
    assert "nothing was saved" in answer_cell(lesson, name, RIGHT, {}).text
    assert not (lesson.folder / "answers").exists()


def test_when_grading_the_text_is_saved_and_not_run(
    lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: dict[str, Any] = {}
    answer_cell(lesson, "pending", RIGHT, None)
    monkeypatch.setenv("UPDOWN_COURSE", "a folder")
    answer_cell(lesson, "pending", RIGHT, names)
    assert names == {}
    assert (lesson.folder / "answers" / "pending.py").is_file()


def test_the_check_judges_the_file_and_keeps_the_attempt(lesson: Lesson) -> None:
    missing = check("pending")
    assert missing == 0 and "`%%answer pending`" in missing.text
    answer_cell(lesson, "pending", RIGHT.replace("key=number", "reverse=True"), {})
    wrong = check("pending")
    assert 0 < wrong < 10
    assert "['002_add_email', '001_create_users']: the same in another order" in wrong.text
    answer_cell(lesson, "pending", RIGHT, {})
    right = check("pending")
    assert right == 10 and "The grading makes 24 further calls with other arguments." in right.text
    lines = (lesson.folder / "answers" / "attempts.jsonl").read_text().splitlines()
    kept = [json.loads(line) for line in lines]
    assert [one["points"] for one in kept] == [0, wrong, 10]
    assert kept[2]["answer"].strip() == RIGHT.strip()


def test_what_the_notebook_holds_beside_the_file_means_nothing(lesson: Lesson) -> None:
    """Names of other cells are not there in the check, as they are not when it is graded."""
    names: dict[str, Any] = {"order": lambda name: int(name.split("_")[0])}
    text = RIGHT.replace("key=number", "key=order")
    answer_cell(lesson, "pending", text, names)
    assert names["pending"](["1_a.sql"], []) == ["1_a"]
    said = " ".join(check("pending").text.split())
    assert "NameError in line 8: name 'order' is not defined" in said


def test_a_list_of_operations_is_saved_and_each_is_told(lesson: Lesson) -> None:
    shown = migration_cell(lesson, "003_rules.py", LIST)
    assert "Saved as `migrations/003_rules.py`. Up: 3 steps. Down: 3 steps." in shown.text
    assert "adds the column login to users" in shown.text
    assert "FOREIGN KEY" in shown.text
    assert check("rules-as-operations") == 13


def test_the_stub_of_a_list_is_greeted_not_blamed(lesson: Lesson) -> None:
    shown = migration_cell(
        lesson, "003_rules.py", "operations = [\n    # YOUR OPERATIONS HERE\n]\n"
    )
    assert "It has no operation yet" in shown.text
    score = check("rules-as-operations")
    assert score == 0 and "there is no operation in the list" in score.text


def test_sql_and_python_share_their_numbers(lesson: Lesson) -> None:
    migration_cell(lesson, "003_rules.py", LIST)
    shown = migration_cell(lesson, "003_other", "-- migrate:up\nSELECT 1;\n")
    assert "The number 003 is taken by `003_rules`" in shown.text
    shown = migration_cell(lesson, "003_more.py", LIST)
    assert "call it `004_more.py`" in shown.text
