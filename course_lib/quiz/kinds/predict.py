"""Predict what SQL does: after the answer it runs for real, and what came is compared and shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from course_lib.quiz.answer import Given, Judged, UnknownPick
from course_lib.quiz.kinds.choice import Choices, read_option
from course_lib.quiz.kinds.question import Finding
from course_lib.quiz.places import Path
from course_lib.quiz.reading import Reader
from course_lib.quiz.run import RunFault, run_texts


@dataclass(frozen=True)
class Predict(Choices):
    """Options for what `sql` does on a database made by `setup`. `says` has, for each option, words
    that stand in what comes if the option is right: DuckDB's answer decides, not the bank."""

    setup: str
    look: str | None
    says: tuple[str, ...]

    kind: ClassVar[str] = "predict"
    runs: ClassVar[bool] = True

    def judge(self, given: Given) -> Judged:
        if not self.accepts(given):
            raise UnknownPick(f"the question {self.id!r} has no option {', '.join(given)!r}")
        (ran,) = run_texts(self.setup, [self.sql or ""], self.look)
        came = ran.came
        happened = self._happened(came.words())
        if len(happened) != 1:
            declared = [option.id for option in self.options if option.right]
            other = f"{came.sentence} This is not what the question was written for."
            return Judged([given[0]] == declared, came=replace(came, sentence=other))
        return Judged(given[0] == happened[0], came=came)

    def matters(self) -> Iterator[str]:
        yield from super().matters()
        yield from (self.setup, self.look or "")

    def faults(self) -> Iterator[Finding]:
        yield from super().faults()
        if self.sql is None:
            yield (), f"Question {self.id} has no `sql` to predict."

    def claims(self) -> Iterator[Finding]:
        try:
            (ran,) = run_texts(self.setup, [self.sql or ""], self.look)
        except RunFault as fault:
            yield ("setup",), f"Question {self.id} cannot be tried: {fault}."
            return
        words = ran.came.words()
        happened = self._happened(words)
        if happened != [option.id for option in self.options if option.right]:
            told = " and ".join(happened) or "no option"
            came = " / ".join(words.split("\n"))
            yield (), f"Question {self.id}: what comes fits {told}. DuckDB gives: {came}"

    def _happened(self, words: str) -> list[str]:
        return [o.id for o, says in zip(self.options, self.says, strict=True) if says in words]


def read_predict(reader: Reader, raw: dict[str, object], at: Path) -> Predict:
    """A question that asks for a prediction from its table in a bank."""
    common = reader.common(raw, at, {"option", "setup", "look"})
    tables = reader.tables(raw, at, "option")
    return Predict(
        options=tuple(read_option(reader, table, to, "says") for to, table in tables),
        says=tuple(reader.code(table, to, "says") for to, table in tables),
        setup=reader.code(raw, at, "setup") if "setup" in raw else "",
        look=reader.code(raw, at, "look") if "look" in raw else None,
        **common,
    )
