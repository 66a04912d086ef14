"""A number: exact, or within a tolerance, with explanations for the wrong ones that people give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from course_lib.quiz.answer import Answer, Given, Judged, UnknownPick
from course_lib.quiz.kinds.question import Drawn, Entry, Finding, drawn
from course_lib.quiz.kinds.typed import OTHERWISE, RIGHT, Typed, read_wrongs, to_number
from course_lib.quiz.places import Path
from course_lib.quiz.reading import Reader
from course_lib.quiz.run import RunFault, run_texts


@dataclass(frozen=True)
class Number(Typed):
    """A question whose answer is a number. With `query` the bank's check runs it on `setup` and
    compares: its one value is the answer."""

    value: float
    tolerance: float
    unit: str
    setup: str
    query: str | None

    kind: ClassVar[str] = "number"

    def accepts(self, given: Given) -> bool:
        return super().accepts(given) and to_number(given[0]) is not None

    def judge(self, given: Given) -> Judged:
        number = to_number(given[0]) if super().accepts(given) else None
        if number is None:
            raise UnknownPick(f"the question {self.id!r} takes a number")
        if self._is(number, self.value):
            return Judged(True, RIGHT)
        for wrong in self.wrongs:
            named = to_number(wrong.given)
            if named is not None and self._is(number, named):
                return Judged(False, wrong.id)
        return Judged(False, OTHERWISE)

    def draw(self, tries: Sequence[Answer], settled: bool) -> Drawn:
        notes = [self.note(tries[-1].judged.note) or ""] if tries else []
        if settled and not tries[-1].right:
            notes.append(self.explanation)
        return drawn(
            entry=Entry(before="Your number", after=self.unit, lines=1),
            notes=notes,
            solution=f"{self.value:g} {self.unit}".strip() if settled else "",
        )

    def matters(self) -> Iterator[str]:
        yield f"{self.value:g} {self.tolerance:g} {self.unit}"

    def faults(self) -> Iterator[Finding]:
        yield from super().faults()
        for place, wrong in enumerate(self.wrongs):
            number = to_number(wrong.given)
            at: Path = ("wrong", place, "value")
            if number is None:
                yield at, f"Wrong answer {self.id}/{wrong.id} is no number."
            elif self._is(number, self.value):
                yield at, f"Wrong answer {self.id}/{wrong.id} would count as right."

    def claims(self) -> Iterator[Finding]:
        if self.query is None:
            return
        try:
            (ran,) = run_texts(self.setup, [self.query])
        except RunFault as fault:
            yield ("setup",), f"Question {self.id} cannot be tried: {fault}."
            return
        cell = ran.came.rows[0][0] if ran.came.rows and not ran.refused else ran.came.sentence
        number = to_number(cell)
        if number is None or not self._is(number, self.value):
            yield ("value",), f"Question {self.id} says {self.value:g}; DuckDB gives {cell}."

    def _is(self, number: float, wanted: float) -> bool:
        return abs(number - wanted) <= self.tolerance


def read_number(reader: Reader, raw: dict[str, object], at: Path) -> Number:
    """A number question from its table in a bank."""
    keys = {"value", "tolerance", "unit", "explanation", "otherwise", "wrong", "setup", "query"}
    common = reader.common(raw, at, keys)
    return Number(
        explanation=reader.text(raw, at, "explanation"),
        otherwise=reader.text(raw, at, "otherwise"),
        wrongs=read_wrongs(reader, raw, at, "value"),
        value=reader.number(raw, at, "value"),
        tolerance=reader.number(raw, at, "tolerance") if "tolerance" in raw else 0,
        unit=reader.text(raw, at, "unit") if "unit" in raw else "",
        setup=reader.code(raw, at, "setup") if "setup" in raw else "",
        query=reader.code(raw, at, "query") if "query" in raw else None,
        **common,
    )
