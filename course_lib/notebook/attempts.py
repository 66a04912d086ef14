"""The record of checks and hints: JSON lines in `answers/attempts.jsonl`, only appended."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course_lib.exercises import Verdict

ANSWERS = "answers"
RECORD = "attempts.jsonl"
FORMAT = 1


@dataclass(frozen=True)
class Attempt:
    """One check: the bytes of each file of the answer, by its name, and what came of it."""

    exercise: str
    answer: Mapping[str, bytes]
    verdict: Verdict | None


def append_attempt(lesson_folder: Path, attempt: Attempt) -> None:
    """Add one line. A record that cannot be written is left out: it must not spoil the check."""
    verdict, answer = attempt.verdict, attempt.answer
    line = {
        **_head(attempt.exercise),
        "answer": _text(answer),
        "points": verdict.points if verdict else 0,
        "fault": verdict.fault if verdict else None,
        "requirements": {result.id: result.state for result in verdict.results} if verdict else {},
    }
    _append(lesson_folder, line)


def append_hint(lesson_folder: Path, exercise: str, tier: int) -> None:
    """Add one line: the hint of this tier, from 1, was given."""
    _append(lesson_folder, {**_head(exercise), "hint": tier})


def hints_given(lesson_folder: Path, exercise: str) -> int:
    """The highest tier that was given; a line that cannot be read counts for nothing."""
    highest = 0
    with contextlib.suppress(OSError, UnicodeDecodeError):
        for text in (lesson_folder / ANSWERS / RECORD).read_text(encoding="utf-8").splitlines():
            with contextlib.suppress(ValueError, AttributeError):
                line = json.loads(text)
                if line.get("exercise") == exercise and isinstance(line.get("hint"), int):
                    highest = max(highest, line["hint"])
    return highest


def _head(exercise: str) -> dict[str, Any]:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"format": FORMAT, "at": now, "exercise": exercise}


def _append(lesson_folder: Path, line: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        folder = lesson_folder / ANSWERS
        folder.mkdir(exist_ok=True)
        with (folder / RECORD).open("a", encoding="utf-8", newline="\n") as record:
            record.write(json.dumps(line, ensure_ascii=False) + "\n")


def _text(answer: Mapping[str, bytes]) -> str | dict[str, str] | None:
    """The only file's text, that of several by their names, None where there is no file."""
    texts = {name: text.decode("utf-8", "replace") for name, text in answer.items()}
    return next(iter(texts.values()), None) if len(texts) < 2 else texts
