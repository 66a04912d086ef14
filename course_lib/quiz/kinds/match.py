"""Pairs to match: each left side gets one right side out of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from course_lib.quiz.answer import Answer, Given, Judged, UnknownPick
from course_lib.quiz.kinds.question import (
    Choice,
    Drawn,
    Explanation,
    Finding,
    Part,
    Question,
    drawn,
    repeated,
    shuffled,
)
from course_lib.quiz.places import Path
from course_lib.quiz.reading import Reader


@dataclass(frozen=True)
class Pair:
    """A left and a right side that belong together; without a left side it is a distractor.
    `explanation` is about the right side: what it is, whoever picked it."""

    id: str
    left: str | None
    right: str
    explanation: str


@dataclass(frozen=True)
class Match(Question):
    """Pairs to match. An answer has the id of a right side for each left side, in their order."""

    pairs: tuple[Pair, ...]

    kind: ClassVar[str] = "match"
    again: ClassVar[str] = "Read in each line what you chose, then choose again."

    def accepts(self, given: Given) -> bool:
        known = {pair.id for pair in self.pairs}
        return len(given) == len(self._lefts()) and set(given) <= known

    def judge(self, given: Given) -> Judged:
        if not self.accepts(given):
            raise UnknownPick(f"the question {self.id!r} has no such pairs: {', '.join(given)}")
        return Judged(given == tuple(pair.id for pair in self._lefts()))

    def draw(self, tries: Sequence[Answer], settled: bool) -> Drawn:
        by_id = {pair.id: pair for pair in self.pairs}
        lefts = self._lefts()
        picked: Sequence[str | None] = tries[-1].given if tries else [None] * len(lefts)
        parts = []
        for pair, pick in zip(lefts, picked, strict=True):
            mark = "open" if pick is None else "right" if pick == pair.id else "missed"
            explanation = None if pick is None else _told(by_id[pick], pair)
            parts.append(Part(id=pair.id, text=pair.left or "", mark=mark, explanation=explanation))
        sides = [by_id[name] for name in shuffled([*by_id], self.id)]
        wanted = [f"{pair.left}: {pair.right}" for pair in lefts]
        return drawn(
            parts=parts,
            choices=[Choice(id=pair.id, text=pair.right) for pair in sides],
            solution="\n".join(wanted) if settled else "",
        )

    def matters(self) -> Iterator[str]:
        for pair in self.pairs:
            yield f"{pair.id} {pair.left} {pair.right}"

    def explanations(self) -> Iterator[Explanation]:
        for place, pair in enumerate(self.pairs):
            yield ("pair", place, "explanation"), f"Pair {self.id}/{pair.id}", pair.explanation

    def faults(self) -> Iterator[Finding]:
        lefts = self._lefts()
        if not 3 <= len(lefts) <= 5:
            yield (), f"Question {self.id} has {len(lefts)} left sides; expected 3 to 5."
        yield from repeated("pair", [pair.id for pair in self.pairs], "pair")
        yield from repeated("right side", [pair.right.casefold() for pair in self.pairs], "pair")

    def _lefts(self) -> list[Pair]:
        return [pair for pair in self.pairs if pair.left is not None]


def _told(picked: Pair, pair: Pair) -> str:
    """The explanation of what was picked. An "it" of it would else be read as the left side."""
    if picked == pair or picked.left is None:
        return picked.explanation
    return f"That goes with “{picked.left.strip('`')}”. {picked.explanation}"


def read_match(reader: Reader, raw: dict[str, object], at: Path) -> Match:
    """A matching question from its table in a bank."""
    common = reader.common(raw, at, {"pair"})
    pairs = []
    for to, table in reader.tables(raw, at, "pair"):
        reader.known(table, to, {"id", "left", "right", "explanation"})
        pairs.append(
            Pair(
                id=reader.id(table, to),
                left=reader.text(table, to, "left") if "left" in table else None,
                right=reader.text(table, to, "right"),
                explanation=reader.text(table, to, "explanation"),
            )
        )
    return Match(pairs=tuple(pairs), **common)
