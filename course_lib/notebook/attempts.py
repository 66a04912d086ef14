"""The record of checks: JSON lines in `answers/attempts.jsonl`, appended, never rewritten."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from course_lib.exercises import Verdict

ANSWERS = "answers"
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
        "format": FORMAT,
        "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "exercise": attempt.exercise,
        "answer": _text(answer),
        "points": verdict.points if verdict else 0,
        "fault": verdict.fault if verdict else None,
        "requirements": {result.id: result.state for result in verdict.results} if verdict else {},
    }
    with contextlib.suppress(OSError):
        folder = lesson_folder / ANSWERS
        folder.mkdir(exist_ok=True)
        with (folder / "attempts.jsonl").open("a", encoding="utf-8", newline="\n") as record:
            record.write(json.dumps(line, ensure_ascii=False) + "\n")


def _text(answer: Mapping[str, bytes]) -> str | dict[str, str] | None:
    """The only file's text, that of several by their names, None where there is no file."""
    texts = {name: text.decode("utf-8", "replace") for name, text in answer.items()}
    return next(iter(texts.values()), None) if len(texts) < 2 else texts
