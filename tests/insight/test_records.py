"""A learner's records are read in part and with care: no link, no pipe, no end, no time to come."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from course_lib.insight.asked import Asked
from course_lib.insight.records import MOST_BYTES, Records, read_records
from course_lib.quiz import append_answer
from tests.insight.made import LESSON, NOON, QUIZ, tried

pytestmark = pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system")
LINE = {"format": 1, "at": "2026-11-02T12:00:00Z", "exercise": "add-email", "hint": 1}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    folder = tmp_path / "submitted" / "ada" / LESSON / "answers"
    folder.mkdir(parents=True)
    return folder


def read(course: Path) -> Records:
    return read_records(course, Asked(LESSON, (), (QUIZ,)), "ada", NOON)


def told(records: Records) -> dict[str, str]:
    return {one.file: one.why for one in records.unread}


def test_what_a_notebook_wrote_is_read(tmp_path: Path, answers: Path) -> None:
    (answers / "attempts.jsonl").write_text(json.dumps(LINE) + "\n")
    for answer in tried("no", "yes"):
        append_answer(answers / "quiz-quiz.jsonl", QUIZ, answer)
    records = read(tmp_path)
    assert len(records.lines) == 1 and len(records.answers["quiz"]) == 2 and not records.unread


def test_nothing_handed_in_is_nothing_to_tell(tmp_path: Path) -> None:
    assert read(tmp_path) == Records((), {"quiz": ()}, ())


@pytest.mark.timeout(20)
def test_a_link_a_pipe_a_folder_and_a_flood_are_told_and_not_read(
    tmp_path: Path, answers: Path
) -> None:
    record, quiz = answers / "attempts.jsonl", answers / "quiz-quiz.jsonl"
    record.symlink_to("/dev/zero")
    os.mkfifo(quiz)
    assert told(read(tmp_path)) == {
        "attempts.jsonl": "it is a link",
        "quiz-quiz.jsonl": "it is not a file of bytes",
    }
    record.unlink()
    record.write_bytes(b"\n" * (MOST_BYTES + 1))
    quiz.unlink()
    quiz.mkdir()
    assert told(read(tmp_path)) == {
        "attempts.jsonl": "it is larger than 4 MB",
        "quiz-quiz.jsonl": "it is not a file of bytes",
    }


def test_a_link_on_the_way_is_one_too(tmp_path: Path, answers: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    answers.rename(elsewhere)
    (elsewhere / "attempts.jsonl").write_text(json.dumps(LINE))
    answers.symlink_to(elsewhere)
    assert told(read(tmp_path)) == {"attempts.jsonl": "it is a link"}


def test_a_time_to_come_is_no_time(tmp_path: Path, answers: Path) -> None:
    (answers / "attempts.jsonl").write_text(json.dumps(LINE | {"at": "2031-01-01T00:00:00Z"}))
    (first, second) = tried("no", "yes")
    append_answer(answers / "quiz-quiz.jsonl", QUIZ, first)
    append_answer(answers / "quiz-quiz.jsonl", QUIZ, replace(second, at=NOON + timedelta(days=900)))
    records = read(tmp_path)
    assert [line.at for line in records.lines] == [None]
    assert records.answers["quiz"] == (first,)
    assert told(records) == {"quiz-quiz.jsonl": "1 line is no record"}


def test_half_a_line_is_counted_as_one(tmp_path: Path, answers: Path) -> None:
    (answers / "attempts.jsonl").write_bytes(json.dumps(LINE).encode() + b"\n{\xff\n\x00\n")
    records = read(tmp_path)
    assert len(records.lines) == 1
    assert told(records) == {"attempts.jsonl": "2 lines are no record"}
