"""Predict the value that SQL gives: after the answer it runs for real and the two are compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from course_lib.quiz.answer import Answer, Came, Given, Judged, UnknownPick
from course_lib.quiz.kinds.question import Drawn, Entry, Finding, drawn
from course_lib.quiz.kinds.typed import OTHERWISE, RIGHT, Typed, read_wrongs, to_number
from course_lib.quiz.places import Path
from course_lib.quiz.reading import Reader
from course_lib.quiz.run import RunFault, run_texts


@dataclass(frozen=True)
class PredictValue(Typed):
    """What one value does `sql`, or after it `look`, give on a database made by `setup`? `value` is
    what the author expects; DuckDB's answer decides."""

    value: str
    setup: str
    look: str | None

    kind: ClassVar[str] = "predict-value"
    runs: ClassVar[bool] = True

    def judge(self, given: Given) -> Judged:
        if not self.accepts(given):
            raise UnknownPick(f"the question {self.id!r} takes a value")
        (ran,) = run_texts(self.setup, [self.sql or ""], self.look)
        if alike(given[0], _cell(ran.came)):
            return Judged(True, RIGHT, ran.came)
        named = [wrong.id for wrong in self.wrongs if alike(given[0], wrong.given)]
        return Judged(False, named[0] if named else OTHERWISE, ran.came)

    def draw(self, tries: Sequence[Answer], settled: bool) -> Drawn:
        notes = [self.note(tries[-1].judged.note) or ""] if tries else []
        if settled and not tries[-1].right:
            notes.append(self.explanation)
        return drawn(
            entry=Entry(before="Your prediction", after="", lines=1),
            notes=notes,
            solution=self.value if settled else "",
        )

    def matters(self) -> Iterator[str]:
        yield from (self.value, self.setup, self.look or "")

    def faults(self) -> Iterator[Finding]:
        yield from super().faults()
        if self.sql is None:
            yield (), f"Question {self.id} has no `sql` to predict."
        for place, wrong in enumerate(self.wrongs):
            if alike(wrong.given, self.value):
                at: Path = ("wrong", place, "value")
                yield at, f"Wrong answer {self.id}/{wrong.id} would count as right."

    def claims(self) -> Iterator[Finding]:
        try:
            (ran,) = run_texts(self.setup, [self.sql or ""], self.look)
        except RunFault as fault:
            yield ("setup",), f"Question {self.id} cannot be tried: {fault}."
            return
        if not alike(self.value, _cell(ran.came)):
            gives = _cell(ran.came) or ran.came.sentence
            yield ("value",), f"Question {self.id} says {self.value}; DuckDB gives {gives}."


def alike(one: str, other: str) -> bool:
    """Whether two values are the same to a person: numbers by value, texts without quotes, case and
    outer blanks."""
    numbers = to_number(one), to_number(other)
    if None not in numbers:
        return numbers[0] == numbers[1]
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return " ".join(text.strip().strip("'\"`").split()).casefold()


def _cell(came: Came) -> str:
    return came.rows[0][0] if came.rows else ""


def read_predict_value(reader: Reader, raw: dict[str, object], at: Path) -> PredictValue:
    """A question that asks for a value from its table in a bank."""
    keys = {"value", "setup", "look", "explanation", "otherwise", "wrong"}
    common = reader.common(raw, at, keys)
    value = raw.get("value")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return PredictValue(
        explanation=reader.text(raw, at, "explanation"),
        otherwise=reader.text(raw, at, "otherwise"),
        wrongs=read_wrongs(reader, raw, at, "value"),
        value=str(value) if is_number else reader.text(raw, at, "value"),
        setup=reader.code(raw, at, "setup") if "setup" in raw else "",
        look=reader.code(raw, at, "look") if "look" in raw else None,
        **common,
    )
