"""Points for a quiz that was worked through: read from a record that anybody may have written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from course_lib.quiz import State, append_answer, read_bank
from tests.grading.class_folder import ClassFolder, open_class
from tests.widgets.hands import BANK, RIGHT, WRONG

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(600),
]

COUNTED, WORDS, REAL = read_bank(BANK)
NAME = "quiz-adding-a-column.jsonl"
AT = datetime(2026, 11, 25, tzinfo=UTC)
LINE = {"format": 2, "quiz": COUNTED.id, "right": True, "try": 1, "at": "2026-11-25T00:00:00Z"}
HOSTILE = b"\n".join(
    [
        os.urandom(5000),
        b"[" * 100_000,
        *(
            json.dumps(LINE | {"question": question.id, "given": ["gone"]}).encode()
            for question in COUNTED.questions
        ),
        b'{"format": 2, "quiz": "adding-a-column", "question": "why-three-st',
    ]
)


def keep(answers: Path, tries: list[tuple[str, list[str]]], quiz: int) -> None:
    state = State((COUNTED, WORDS, REAL)[quiz])
    for question, given in tries:
        state = state.pick(question, given, AT)
        append_answer(answers / f"quiz-{state.quiz.id}.jsonl", state.quiz, state.answers[-1])


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassFolder]:
    """A class of whom one did all of it, one some of it, and one forged a record."""
    with open_class(tmp_path_factory.mktemp("quiz") / "course") as course:
        folders = {}
        for student in ("all", "some", "forged"):
            folders[student] = course.submit(student).parent / "answers"
        right = [(question.id, RIGHT[question.id]) for question in COUNTED.questions]
        keep(folders["all"], right, 0)
        keep(folders["all"], [("fill-the-stock", WRONG["fill-the-stock"])], 2)
        missed = [("why-three-steps", ["style"])] * 2
        keep(folders["some"], [*missed, right[1], ("third-step-fails", ["stopped-there"])], 0)
        folders["forged"].mkdir()
        (folders["forged"] / NAME).write_bytes(HOSTILE)
        sql = folders["forged"] / "quiz-for-real.jsonl"
        sql.write_text(
            json.dumps(
                LINE
                | {
                    "quiz": REAL.id,
                    "question": "fill-the-stock",
                    "given": ["COPY (SELECT 1) TO 'made-by-a-record.csv'"],
                    "meaning": REAL.questions[2].meaning(),
                    "note": "right",
                    "came": ["<script>alert(1)</script>", [], []],
                }
            )
        )
        course.autograde()
        course.give_feedback()
        yield course


def test_what_was_worked_through_counts_and_the_first_try_does_not(course: ClassFolder) -> None:
    assert course.marks() == {"all": 2.0, "some": 0.8, "forged": 0.0}


def test_a_record_that_is_none_stops_nothing_and_is_told(course: ClassFolder) -> None:
    assert "not an answer to this quiz" in course.feedback_words("forged")


def test_who_is_not_done_is_told_what_counts_and_what_does_not(course: ClassFolder) -> None:
    words = course.feedback_words("some")
    assert "One that comes back from an earlier lesson is not counted." in words


def test_no_sql_of_a_record_runs_and_its_markup_is_text(course: ClassFolder) -> None:
    assert list(course.folder.rglob("made-by-a-record.csv")) == []
    page = course.feedback("forged")
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_feedback_page_has_questions_answers_and_explanations(course: ClassFolder) -> None:
    words = course.feedback_words("all")
    assert "2 of 2 points: 5 of 5 questions of the quiz “Adding a column” done." in words
    for question in (*COUNTED.questions, *WORDS.questions, *REAL.questions):
        assert " ".join(question.stem.replace("`", "").split()) in words
    assert "Rows that exist have no email until the UPDATE has run (your answer)" in words
    assert "ADD COLUMN leaves NULL in every row that exists." in words
    # What a statement did is kept with the answer, so it is shown without running it again.
    assert "All products are gone." in words and "There is no row." in words
