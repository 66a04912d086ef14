"""`hint()`: one at a time, recorded beside the attempts, and never a traceback."""

from __future__ import annotations

import json
import re

from course_lib.notebook import Lesson, check, hint
from course_lib.notebook.attempts import hints_given
from course_lib.notebook.live_check import load_visible
from course_lib.notebook.migration_cell import migration_cell


def record(lesson: Lesson) -> list[dict[str, object]]:
    path = lesson.folder / "answers" / "attempts.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_call_gives_the_next_hint_and_the_last_one_stays(lesson: Lesson) -> None:
    hints = load_visible(lesson, "add-email").task.hints
    told = [hint("add-email").text for _ in range(4)]
    for number, (text, expected) in enumerate(zip(told, (*hints, hints[2]), strict=True)):
        assert f"Hint {min(number + 1, 3)} of 3" in text and expected in text
    assert 'hint("add-email")` again for the idea' in told[0] and "again" not in told[2]
    assert "last" not in told[1] and "This is the last one." in told[2] and told[3] == told[2]
    assert [line["hint"] for line in record(lesson)] == [1, 2, 3, 3]


def test_hints_stand_in_the_record_beside_the_attempts(lesson: Lesson) -> None:
    check("add-email")
    hint("add-email")
    first, second = record(lesson)
    assert "points" in first and "hint" not in first
    assert {key: second[key] for key in ("format", "exercise", "hint")} == {
        "format": 1,
        "exercise": "add-email",
        "hint": 1,
    }


def test_a_verdict_names_the_call_and_holds_no_hint_that_would_leave_no_trace(
    lesson: Lesson,
) -> None:
    migration_cell(lesson, "001_add_email_to_users", "-- migrate:up\nSELECT 1;\n")
    score = check("add-email")
    assert "hint(&quot;add-email&quot;)" in score.html
    (call,) = re.findall(r"Stuck\? `(.*?)`", score.text)
    hints = load_visible(lesson, "add-email").task.hints
    assert not [one for one in hints if one in score.html or one in score.text]
    assert hints[0] in eval(call, {"hint": hint}).text
    assert [line.get("hint") for line in record(lesson)] == [None, 1]


def test_an_exercise_that_is_not_there_is_a_sentence_and_is_not_recorded(lesson: Lesson) -> None:
    for name in ("", "add-mail", "../add-email"):
        assert 'Write `hint("add-email")`.' in hint(name).text
    assert not (lesson.folder / "answers" / "attempts.jsonl").exists()


def test_a_record_that_is_damaged_is_no_obstacle(lesson: Lesson) -> None:
    hint("add-email")
    path = lesson.folder / "answers" / "attempts.jsonl"
    path.write_text(path.read_text() + '{"half\n[]\n{"exercise": "add-email", "hint": "x"}\n')
    assert hints_given(lesson.folder, "add-email") == 1
    assert "Hint 2 of 3" in hint("add-email").text
