"""The record: answers come back, broken lines are set aside, nothing is ever lost."""

from __future__ import annotations

import json
import multiprocessing
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.quiz import (
    Answer,
    Judged,
    OneChoice,
    Option,
    Quiz,
    State,
    append_answer,
    read_record,
)
from course_lib.quiz.lines import answer_line
from course_lib.quiz.record import record_path

AT = datetime(2026, 11, 23, 12, 0, 5, tzinfo=UTC)
OPTIONS = (Option("a", "A", "why a", False, "m"), Option("b", "B", "why b", True, None))
QUIZ = Quiz("q", "Q", (OneChoice("one", "?", "t", OPTIONS),))
WRONG = Answer("one", ("a",), Judged(False), 1, AT)
RIGHT = Answer("one", ("b",), Judged(True), 2, AT, True, 17)
MEANING = QUIZ.questions[0].meaning()


def test_an_absent_file_is_an_empty_record(tmp_path: Path) -> None:
    assert read_record(tmp_path / "answers" / "quiz-q.jsonl", QUIZ).answers == ()


def test_answers_come_back_as_they_were_given(tmp_path: Path) -> None:
    path = record_path(tmp_path / "answers", "q")
    append_answer(path, QUIZ, WRONG)
    append_answer(path, QUIZ, RIGHT)
    record = read_record(path, QUIZ)
    assert record.answers == (WRONG, RIGHT) and record.note(path) == ""
    assert path.name == "quiz-q.jsonl"


def test_a_line_holds_its_format_and_the_time_in_utc(tmp_path: Path) -> None:
    path = tmp_path / "quiz-q.jsonl"
    append_answer(path, QUIZ, WRONG)
    assert json.loads(path.read_text()) == {
        "format": 2,
        "quiz": "q",
        "question": "one",
        "given": ["a"],
        "right": False,
        "try": 1,
        "at": "2026-11-23T12:00:05Z",
        "meaning": MEANING,
    }


GOOD = answer_line(QUIZ, WRONG)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"format": 1, "quiz": "q", "ques', "not complete JSON"),
        (b"\xff\xfe\x00rubbish", "not complete JSON"),
        (b"[" * 100_000, "not complete JSON"),
        (b"42", "not of format 1 or 2"),
        (json.dumps(GOOD | {"format": 3}).encode(), "not of format 1 or 2"),
        (json.dumps(GOOD | {"quiz": "other"}).encode(), "another quiz"),
        (json.dumps(GOOD | {"given": ["z"]}).encode(), "an option that the quiz does not have"),
        (json.dumps(GOOD | {"given": "a"}).encode(), "an option that the quiz does not have"),
        (json.dumps(GOOD | {"given": [["a"]]}).encode(), "an option that the quiz does not have"),
        (json.dumps(GOOD | {"meaning": "other"}).encode(), "has been changed since"),
        (json.dumps(GOOD | {"sure": 1}).encode(), "does not fit"),
        (json.dumps(GOOD | {"seconds": -1}).encode(), "does not fit"),
        (json.dumps(GOOD | {"given": ["\ud800"]}).encode(), "not complete JSON"),
        (json.dumps(GOOD | {"question": ["one"]}).encode(), "an option that the quiz does not"),
        (json.dumps(GOOD | {"right": True}).encode(), "does not fit"),
        (json.dumps(GOOD | {"try": True}).encode(), "does not fit"),
        (json.dumps(GOOD | {"at": "yesterday"}).encode(), "does not fit"),
        (json.dumps(GOOD | {"at": "2026-11-23T12:00:05"}).encode(), "does not fit"),
    ],
)
def test_a_bad_line_is_named_and_kept_and_the_others_count(
    tmp_path: Path, line: bytes, why: str
) -> None:
    path = tmp_path / "quiz-q.jsonl"
    append_answer(path, QUIZ, WRONG)
    path.write_bytes(path.read_bytes() + line + b"\n")
    append_answer(path, QUIZ, RIGHT)
    before = path.read_bytes()
    record = read_record(path, QUIZ)
    assert record.answers == (WRONG, RIGHT)
    assert [item.line for item in record.set_aside] == [2]
    assert why in record.note(path) and "1 line is not an answer" in record.note(path)
    assert path.read_bytes() == before


def test_a_line_that_was_cut_short_does_not_swallow_the_next_answer(tmp_path: Path) -> None:
    path = tmp_path / "quiz-q.jsonl"
    append_answer(path, QUIZ, WRONG)
    path.write_bytes(path.read_bytes() + json.dumps(GOOD).encode()[:30])
    append_answer(path, QUIZ, RIGHT)
    record = read_record(path, QUIZ)
    assert record.answers == (WRONG, RIGHT) and len(record.set_aside) == 1


def test_a_long_list_of_bad_lines_is_told_shortly(tmp_path: Path) -> None:
    path = tmp_path / "quiz-q.jsonl"
    path.write_text("bad\n" * 500)
    note = read_record(path, QUIZ).note(path)
    assert "500 lines are not" in note and "and more" in note and len(note) < 400


@given(st.binary(max_size=300))
def test_no_file_content_crashes_the_reader(tmp_path_factory: object, content: bytes) -> None:
    path = tmp_path_factory.mktemp("record") / "quiz-q.jsonl"  # type: ignore[attr-defined]
    path.write_bytes(content)
    append_answer(path, QUIZ, RIGHT)
    assert read_record(path, QUIZ).answers[-1:] == (RIGHT,)
    assert path.read_bytes().startswith(content)


@pytest.mark.timeout(20)
def test_a_pipe_in_place_of_the_record_is_an_error_and_never_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "quiz-q.jsonl"
    os.mkfifo(path)
    with pytest.raises(OSError, match="not a regular file"):
        read_record(path, QUIZ)
    with pytest.raises(OSError, match="not a regular file"):
        append_answer(path, QUIZ, RIGHT)


def _append_many(path: Path, option: str) -> None:
    state = State(QUIZ)
    for _ in range(200):
        state = state.pick("one", (option,), AT)
        append_answer(path, QUIZ, state.answers[-1])


def test_two_kernels_that_append_at_once_lose_and_mix_nothing(tmp_path: Path) -> None:
    path = tmp_path / "quiz-q.jsonl"
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_append_many, args=(path, option)) for option in "ab"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    record = read_record(path, QUIZ)
    assert (len(record.answers), record.set_aside) == (400, ())
    assert sum(answer.right for answer in record.answers) == 200


OLD = {
    "format": 1,
    "quiz": "q",
    "question": "one",
    "option": "b",
    "right": True,
    "try": 1,
    "at": "2026-11-20T09:00:00Z",
}


def test_a_line_of_the_first_format_is_still_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "quiz-q.jsonl"
    path.write_text(json.dumps(OLD) + "\n")
    append_answer(path, QUIZ, WRONG)
    record = read_record(path, QUIZ)
    assert [(one.given, one.right) for one in record.answers] == [(("b",), True), (("a",), False)]
    assert record.set_aside == ()


def test_an_answer_to_an_earlier_wording_counts_where_the_author_says_that_it_means_the_same(
    tmp_path: Path,
) -> None:
    path = tmp_path / "quiz-q.jsonl"
    append_answer(path, QUIZ, WRONG)
    asked = OneChoice("one", "What else?", "t", OPTIONS)
    other = Quiz("q", "Q", (asked,))
    assert asked.meaning() != MEANING
    assert read_record(path, other).answers == ()
    assert "answers a question that has been changed since" in read_record(path, other).note(path)
    same = Quiz("q", "Q", (replace(asked, was=(MEANING,)),))
    assert read_record(path, same).answers == (WRONG,)


def test_blanks_case_and_marks_do_not_change_a_meaning_and_what_is_right_does() -> None:
    (asked,) = QUIZ.questions
    assert isinstance(asked, OneChoice)
    assert replace(asked, stem=" ?! ").meaning() == MEANING
    assert replace(asked, topic="other").meaning() == MEANING
    turned = tuple(replace(option, right=not option.right) for option in OPTIONS)
    assert replace(asked, options=turned).meaning() != MEANING
