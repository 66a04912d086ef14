"""`gained(...)` with real records: compared, missing, damaged, of another quiz, not readable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from course_lib.notebook import Lesson, gained
from course_lib.quiz import State, append_answer, read_quiz, record_path

AT = datetime(2026, 11, 25, tzinfo=UTC)
EARLIER = "00-before"
QUIZ = "adding-a-column"
RIGHT, WRONG = ("why-three-steps", "no-value-yet"), ("why-three-steps", "style")


@pytest.fixture
def earlier(lesson: Lesson) -> Path:
    """An earlier lesson with the same quiz, beside this one; nobody has answered it."""
    folder = lesson.folder.parent / EARLIER
    folder.mkdir()
    (folder / "quiz.toml").write_bytes((lesson.folder / "quiz.toml").read_bytes())
    return folder


def answer(folder: Path, *picks: tuple[str, str], sure: bool | None = None) -> Path:
    quiz = read_quiz(folder / "quiz.toml", QUIZ)
    path = record_path(folder / "answers", QUIZ)
    state = State(quiz)
    for question, option in picks:
        state = state.pick(question, (option,), AT, sure=sure)
        append_answer(path, quiz, state.answers[-1])
    return path


def test_then_and_now_stand_beside_each_other(lesson: Lesson, earlier: Path) -> None:
    answer(earlier, WRONG, RIGHT, sure=True)
    answer(lesson.folder, RIGHT, ("forgotten-update", "passes-too"))
    shown = gained(EARLIER, QUIZ)
    assert shown.text.startswith("Right at the first try: 0 of 5 then, 1 of 5 now.")
    assert "not right, sure  right" in shown.text
    assert "not answered     not right" in shown.text
    assert "3 are not answered yet." in shown.text
    assert "<td" in shown.html and "not right, sure" in shown.html


def test_when_all_is_answered_it_says_what_was_gained_and_lost(
    lesson: Lesson, earlier: Path
) -> None:
    quiz = read_quiz(lesson.folder / "quiz.toml", QUIZ)
    options = {one.id: one.options for one in quiz.questions}  # type: ignore[attr-defined]
    rights = [(name, next(o.id for o in some if o.right)) for name, some in options.items()]
    wrongs = [(name, next(o.id for o in some if not o.right)) for name, some in options.items()]
    answer(earlier, rights[0], *wrongs[1:])
    answer(lesson.folder, wrongs[0], *rights[1:])
    said = gained(EARLIER, QUIZ).text
    assert "Gained: 4 of 5." in said
    assert f"Right then and not now: {quiz.questions[0].stem}" in said


def test_nothing_answered_then_is_one_clear_sentence(lesson: Lesson, earlier: Path) -> None:
    answer(lesson.folder, RIGHT)
    said = gained(EARLIER, QUIZ).text
    assert said.startswith("There is nothing from then to compare with.")
    assert "`00-before/answers/quiz-adding-a-column.jsonl` holds no answer" in said
    assert "If you left them out, only today's answers count, and you can go on." in said


def damage_line(record: Path) -> None:
    record.write_bytes(b'{"format": 2, "quiz": "adding-a-col\n' + b"\xff\xfe\n" + b"[" * 90_000)


def foreign(record: Path) -> None:
    record.write_text('{"format": 2, "quiz": "another", "question": "a"}\n')


def folder_in_its_place(record: Path) -> None:
    record.unlink()
    record.mkdir()


def no_bank(record: Path) -> None:
    (record.parent.parent / "quiz.toml").unlink()


def broken_bank(record: Path) -> None:
    (record.parent.parent / "quiz.toml").write_text("format = \n")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (damage_line, "3 lines are not an answer to this quiz (line 1 is not complete JSON"),
        (foreign, "1 line is not an answer to this quiz (line 1 belongs to another quiz)"),
        (folder_in_its_place, "`00-before/answers/quiz-adding-a-column.jsonl` cannot be read"),
        (no_bank, "The lesson `00-before` is not here: `00-before/quiz.toml` is missing."),
        (broken_bank, "cannot be read: 00-before/quiz.toml, line 1: This is not TOML"),
    ],
)
def test_what_cannot_be_read_is_told_and_never_a_traceback(
    lesson: Lesson, earlier: Path, harm: Callable[[Path], None], words: str
) -> None:
    harm(answer(earlier, WRONG))
    shown = gained(EARLIER, QUIZ)
    assert words in shown.text
    assert str(earlier.parent) not in shown.text


def test_one_damaged_line_does_not_hide_the_others(lesson: Lesson, earlier: Path) -> None:
    record = answer(earlier, WRONG)
    record.write_bytes(b"half a li\n" + record.read_bytes())
    answer(lesson.folder, RIGHT)
    said = gained(EARLIER, QUIZ).text
    assert "0 of 5 then, 1 of 5 now" in said
    assert "line 1 is not complete JSON" in said
