"""Answers that are typed, and the explanations that wrong ones have."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from course_lib.quiz.answer import Given
from course_lib.quiz.kinds.question import Explanation, Finding, Question, repeated
from course_lib.quiz.places import Path
from course_lib.quiz.reading import Reader

RIGHT, OTHERWISE = "right", "otherwise"
"""The two notes that every typed question has, beside those of its wrong answers."""

LONGEST = 2000
"""Characters of a typed answer."""


@dataclass(frozen=True)
class Wrong:
    """A wrong answer that people give, as a text, with what to say to it."""

    id: str
    given: str
    explanation: str


@dataclass(frozen=True)
class Typed(Question):
    """A question with a field to type into. `explanation` is read after a right answer,
    `otherwise` after a wrong one that has no explanation of its own."""

    explanation: str
    otherwise: str
    wrongs: tuple[Wrong, ...]

    def accepts(self, given: Given) -> bool:
        return len(given) == 1 and bool(given[0].strip()) and len(given[0]) <= LONGEST

    def note(self, name: str) -> str | None:
        known = {RIGHT: self.explanation, OTHERWISE: self.otherwise, "": ""}
        known.update((wrong.id, wrong.explanation) for wrong in self.wrongs)
        return known.get(name)

    def explanations(self) -> Iterator[Explanation]:
        yield ("explanation",), f"The right answer of {self.id}", self.explanation
        yield ("otherwise",), f"The rest of {self.id}", self.otherwise
        for place, wrong in enumerate(self.wrongs):
            at: Path = ("wrong", place, "explanation")
            yield at, f"Wrong answer {self.id}/{wrong.id}", wrong.explanation

    def faults(self) -> Iterator[Finding]:
        yield from repeated("wrong answer", [wrong.id for wrong in self.wrongs], "wrong")
        if not self.wrongs:
            yield (), f"Question {self.id} names no wrong answer; expected at least one [[wrong]]."
        for place, wrong in enumerate(self.wrongs):
            if wrong.id in (RIGHT, OTHERWISE):
                yield ("wrong", place, "id"), f"The id {wrong.id!r} has a meaning of its own here."


def read_wrongs(reader: Reader, raw: dict[str, object], at: Path, key: str) -> tuple[Wrong, ...]:
    """The wrong answers of a question; `key` holds what was given, a number or a text."""
    wrongs = []
    for to, table in reader.tables(raw, at, "wrong"):
        reader.known(table, to, {"id", key, "explanation"})
        value = table.get(key)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        given = str(value) if is_number else reader.code(table, to, key)
        explanation = reader.text(table, to, "explanation")
        wrongs.append(Wrong(reader.id(table, to), given, explanation))
    return tuple(wrongs)


def to_number(text: str) -> float | None:
    """The number in a typed text: `3,000`, `3 000` and `1e3` too; None where it is none."""
    bare = text.strip().replace(" ", "").replace("_", "").replace("\N{MINUS SIGN}", "-")
    groups = bare.lstrip("+-").split(",")
    if len(groups) > 1 and all(len(part) == 3 for part in groups[1:]) and "." not in groups[0]:
        bare = bare.replace(",", "")
    elif len(groups) == 2 and "." not in bare:
        bare = bare.replace(",", ".")
    try:
        number = float(bare)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
