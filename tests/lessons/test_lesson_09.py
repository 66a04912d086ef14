"""What lesson 9 shows: then and now, the project on Lena's rows, and what its prose speaks of."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from course_lib.quiz import State, append_answer, page_of, read_bank, read_quiz, record_path
from course_lib.quiz.kinds.choice import Choices

from .running import LESSONS, Site, noise, output_of

FIRST, LESSON = "00-start-here", "09-knowledge-check"
QUIZ = "quick-quiz"
AT = datetime(2026, 11, 25, tzinfo=UTC)
GAINED = f'gained("{FIRST}", "{QUIZ}")'
PRESS = "for _ in range(5):\n    timeline.down()\nprint(timeline)"


def answer(lesson: str, answers: Path, *, right: bool) -> State:
    """All three questions of a lesson, answered at the first try, rightly or wrongly."""
    quiz = read_quiz(LESSONS / lesson / "quiz.toml", QUIZ)
    state = State(quiz)
    for question in quiz.questions:
        assert isinstance(question, Choices)
        pick = next(option.id for option in question.options if option.right is right)
        state = state.pick(question.id, (pick,), AT, sure=True)
        append_answer(record_path(answers, QUIZ), quiz, state.answers[-1])
    return state


def test_the_three_questions_are_those_of_lesson_0_with_other_options() -> None:
    then, now = (read_quiz(LESSONS / name / "quiz.toml", QUIZ) for name in (FIRST, LESSON))
    assert [(one.id, one.stem) for one in then.questions] == [
        (one.id, one.stem) for one in now.questions
    ]
    for before, after in zip(then.questions, now.questions, strict=True):
        assert isinstance(before, Choices) and isinstance(after, Choices)
        assert not {one.text for one in before.options} & {one.text for one in after.options}


def test_a_perfect_score_has_the_ending(tmp_path: Path) -> None:
    state = answer(LESSON, tmp_path, right=True)
    assert page_of(state)["ending"] == ["🏆 You crushed it!", "Perfect score on this module."]


def test_the_nine_are_of_many_kinds_and_one_for_each_lesson() -> None:
    (nine,) = [one for one in read_bank(LESSONS / LESSON / "quiz.toml") if one.id != QUIZ]
    assert len(nine.questions) == 9
    assert len({question.kind for question in nine.questions}) >= 4
    found = [re.match(r"Lesson (\d)", question.stem) for question in nine.questions]
    assert [one[1] for one in found if one] == list("12345678")


def test_who_left_lesson_0_out_is_told_so(site: Site) -> None:
    notebook, _ = site.released(LESSON)
    assert "There is nothing from then to compare with." in output_of(notebook, GAINED)


def test_what_was_gained_is_shown_from_the_two_records(site: Site, tmp_path: Path) -> None:
    for name in (FIRST, LESSON):
        (tmp_path / name).mkdir()
        shutil.copy(LESSONS / name / "quiz.toml", tmp_path / name)
    answer(FIRST, tmp_path / FIRST / "answers", right=False)
    answer(LESSON, tmp_path / LESSON / "answers", right=True)
    press = {"timeline = lesson.timeline()\ntimeline": f"timeline = lesson.timeline()\n{PRESS}"}
    notebook = site.repaired(LESSON, press, tmp_path)
    said = output_of(notebook, GAINED)
    assert said.startswith("Right at the first try: 0 of 3 then, 3 of 3 now.")
    assert len(re.findall(r"not right, sure +right, sure", said)) == 3
    assert "Gained: 3 of 3." in said
    # All the way back: the wax that the old program wrote, and no table of the project's.
    (printed,) = noise(notebook)
    tables = printed.partition("Tables, ")[2].partition("The ledger")[0]
    assert "prize" in tables and "62 rows" in tables


def test_the_project_on_the_lessons_rows(site: Site) -> None:
    notebook, _ = site.solved(LESSON)
    counted = re.search(r"2000 +(\d+) +(\d+)", output_of(notebook, "blank_name"))
    assert counted is not None and int(counted[1]) > 20 and int(counted[2]) > 20
    plan = output_of(notebook, "%migrate plan")
    for number in range(1, 6):
        assert f"00{number}_" in plan
    up = output_of(notebook, "%migrate up 003")
    assert "002_add_language_to_users applied (guard: shadow" in up
    assert "All 2 statements ran." in output_of(notebook, "'Sealing wax'")
    assert "005_blank_names applied" in output_of(notebook, "%migrate up", nth=-1)
    rows = output_of(notebook, "WHERE id > 900")
    assert re.search(r"Sealing wax +3\.20", rows) and re.search(r"Seal +14\.00", rows)


def test_the_folder_to_take_home_is_beside_the_notebook(site: Site) -> None:
    notebook, _ = site.released(LESSON)
    shown = output_of(notebook, "glob(")
    for name in ("README.md", "REVIEW.md", "check.sh", "migrations.yml", "001_create_users.sql"):
        assert name in shown
    folder = LESSONS / LESSON / "take-home"
    rules = (folder / "REVIEW.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^\d\. ", rules, re.MULTILINE)) == 8
