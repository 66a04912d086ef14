"""The learner's part: what it holds, what it must not hold, and what happens when it is edited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_lib.exercises import Exercise, PublicExercise, SpecError, load_public, publish


def test_learners_part_holds_no_answer_no_generator_and_no_hidden_row(exercise: Exercise) -> None:
    text = json.dumps(publish(exercise), ensure_ascii=False)
    for answer in (*exercise.solutions, *exercise.wrong_answers):
        assert json.dumps(answer.answer, ensure_ascii=False).strip('"') not in text
        assert answer.name not in text
    for word in (
        "null_percent",
        '"draw"',
        "solution",
        "wrong",
        *(h.title for h in exercise.hidden),
    ):
        assert word not in text
    assert "Νίκος" not in text


def test_learners_part_survives_its_file(
    exercise: Exercise, public: PublicExercise, tmp_path: Path
) -> None:
    path = tmp_path / "add-email.json"
    path.write_text(json.dumps(publish(exercise)), encoding="utf-8")
    assert load_public(path) == public
    assert public.task == exercise.task
    assert public.further_databases == len(exercise.hidden) == 2


def test_publishing_twice_gives_the_same_bytes(exercise: Exercise) -> None:
    assert json.dumps(publish(exercise)) == json.dumps(publish(exercise))


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("{\n  nonsense", 2, "the file is not JSON"),
        ("[]", 1, "not an exercise of format 1"),
        ('{"format": 7}', 1, "not an exercise of format 1"),
        ('{"format": 1, "task": {}}', 1, "the exercise is not whole"),
        ('{"format": 1, "task": 5}', 1, "the exercise is not whole"),
    ],
)
def test_file_that_is_no_exercise_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, sentence: str
) -> None:
    path = tmp_path / "add-email.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_public(path)
    assert caught.value.line == line
    assert sentence in caught.value.sentence


def test_kind_that_this_version_does_not_know_is_refused(
    exercise: Exercise, tmp_path: Path
) -> None:
    data = publish(exercise)
    data["task"]["requirements"][2]["kind"] = "from-the-future"
    path = tmp_path / "add-email.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(SpecError, match="from-the-future"):
        load_public(path)
