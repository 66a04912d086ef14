"""The record of answers: JSON lines in `answers/quiz-<id>.jsonl`, appended, never rewritten.

A line that is corrupt, foreign or half-written stays in the file and is reported, not counted.
"""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from course_lib.quiz.answer import Answer
from course_lib.quiz.lines import answer_line, read_line
from course_lib.quiz.model import Quiz


@dataclass(frozen=True)
class SetAside:
    """A line of a record that is not counted: its number (from 1) and why."""

    line: int
    why: str


@dataclass(frozen=True)
class Record:
    """What a file of answers holds: the answers, oldest first, and the lines set aside."""

    answers: tuple[Answer, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    def note(self, path: Path) -> str:
        """A sentence about the lines set aside; empty when there are none."""
        if not self.set_aside:
            return ""
        few = "; ".join(f"line {item.line} {item.why}" for item in self.set_aside[:3])
        more = "; and more" if len(self.set_aside) > 3 else ""
        number = "1 line is" if len(self.set_aside) == 1 else f"{len(self.set_aside)} lines are"
        return (
            f"{path.parent.name}/{path.name}: {number} not an answer to this quiz ({few}{more}). "
            "They stay in the file and are not counted; every other answer is here. "
            "Answer again where one is missing."
        )


def record_path(answers_folder: Path, quiz_id: str) -> Path:
    """Where the answers to a quiz are kept."""
    return answers_folder / f"quiz-{quiz_id}.jsonl"


def read_record(path: Path, quiz: Quiz) -> Record:
    """The answers to a quiz in its file; an absent file is an empty record. Raises OSError."""
    try:
        _refuse_special(path.stat())
        return parse_record(path.read_bytes(), quiz)
    except FileNotFoundError:
        return Record()


def parse_record(content: bytes, quiz: Quiz) -> Record:
    """The answers to a quiz in the bytes of its file."""
    answers: list[Answer] = []
    set_aside: list[SetAside] = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            found = read_line(line, quiz)
            if isinstance(found, Answer):
                answers.append(found)
            elif found is not None:
                set_aside.append(SetAside(number, found))
    return Record(tuple(answers), tuple(set_aside))


def append_answer(path: Path, quiz: Quiz, answer: Answer) -> None:
    """Adds one line in one write, so that two kernels never mix their lines. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(answer_line(quiz, answer)).encode() + b"\n"
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o644)
    try:
        size = _refuse_special(os.fstat(descriptor)).st_size
        if size:
            os.lseek(descriptor, size - 1, os.SEEK_SET)
            # A line that was cut short must not swallow this one.
            if os.read(descriptor, 1) != b"\n":
                line = b"\n" + line
        written = os.write(descriptor, line)
    finally:
        os.close(descriptor)
    if written < len(line):
        raise OSError(f"only {written} of {len(line)} bytes could be written")


def _refuse_special(status: os.stat_result) -> os.stat_result:
    """Reading a pipe or a device could wait for ever."""
    if not stat.S_ISREG(status.st_mode):
        raise OSError("it is not a regular file")
    return status
