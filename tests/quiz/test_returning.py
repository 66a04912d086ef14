"""A missed idea comes back in a later lesson, and what was answered there stays."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from course_lib.quiz import (
    OneChoice,
    Option,
    Quiz,
    State,
    append_answer,
    page_of,
    read_record,
    read_with_returning,
    record_path,
)

AT = datetime(2026, 11, 25, tzinfo=UTC)
OPTIONS = (Option("a", "A", "why a", False, "m"), Option("b", "B", "why b", True, None))
EARLIER = Quiz(
    "old",
    "Old things",
    (
        *(OneChoice(n, n, f"topic {n}", OPTIONS, idea=f"idea-{n}") for n in ("x", "y", "z")),
        OneChoice("bare", "bare", "no idea", OPTIONS),
    ),
)
NOW = Quiz("new", "New things", (OneChoice("own", "own", "t", OPTIONS),), "02-old")


def give(folder: Path, quiz: Quiz, *answers: tuple[str, str, bool | None]) -> None:
    state = State(quiz)
    for question, option, sure in answers:
        state = state.pick(question, (option,), AT, sure=sure)
        append_answer(record_path(folder, quiz.id), quiz, state.answers[-1])


def returned(tmp_path: Path) -> list[str]:
    path = record_path(tmp_path / "new", "new")
    quiz, _ = read_with_returning(NOW, path, (EARLIER,), tmp_path / "old")
    assert quiz.questions[0].id == "own"
    return [question.id for question in quiz.questions[1:]]


def test_what_was_missed_at_first_comes_back_and_what_was_sure_comes_first(tmp_path: Path) -> None:
    give(
        tmp_path / "old",
        EARLIER,
        ("x", "a", None),
        ("x", "b", None),
        ("y", "b", True),
        ("y", "a", True),
        ("z", "a", True),
        ("bare", "a", True),
    )
    assert returned(tmp_path) == ["old/z", "old/x"]


def test_where_nothing_was_missed_one_comes_back_all_the_same(tmp_path: Path) -> None:
    assert returned(tmp_path) == ["old/x"]
    give(tmp_path / "old", EARLIER, ("x", "b", None), ("y", "b", None))
    assert returned(tmp_path) == ["old/x"]


def test_what_was_answered_here_stays_whatever_happens_in_the_earlier_lesson(
    tmp_path: Path,
) -> None:
    path = record_path(tmp_path / "new", "new")
    quiz, record = read_with_returning(NOW, path, (EARLIER,), tmp_path / "old")
    state = State(quiz, record.answers).pick("old/x", ("a",), AT)
    append_answer(path, quiz, state.answers[-1])
    give(tmp_path / "old", EARLIER, ("y", "a", None), ("z", "a", None))
    assert returned(tmp_path) == ["old/x", "old/y"]
    quiz, record = read_with_returning(NOW, path, (EARLIER,), tmp_path / "old")
    assert [answer.question for answer in record.answers] == ["old/x"] and not record.set_aside
    assert page_of(State(quiz))["questions"][1]["returned"] == "from the quiz: Old things"


def test_where_the_earlier_lesson_is_not_at_hand_its_answers_are_no_fault_of_the_record(
    tmp_path: Path,
) -> None:
    # Points are counted of the quiz alone, and a submission brings one lesson.
    path = record_path(tmp_path / "new", "new")
    quiz, _ = read_with_returning(NOW, path, (EARLIER,), tmp_path / "old")
    state = State(quiz).pick("old/x", ("a",), AT).pick("own", ("b",), AT)
    for answer in state.answers:
        append_answer(path, quiz, answer)
    record = read_record(path, NOW)
    assert [answer.question for answer in record.answers] == ["own"]
    assert record.note(path) == ""


def test_a_broken_record_of_the_earlier_lesson_stops_nothing(tmp_path: Path) -> None:
    record_path(tmp_path / "old", "old").mkdir(parents=True)
    assert returned(tmp_path) == ["old/x"]
