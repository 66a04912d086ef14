"""What all questions have in common, and what each kind has to say for itself."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypedDict

from course_lib.quiz.answer import Answer, Given, Judged
from course_lib.quiz.places import Path

Finding = tuple[Path, str]
"""Where (a path inside the bank, below the question or quiz) and one sentence for the author."""

Explanation = tuple[Path, str, str]
"""Where it stands below the question, a name for messages, and its words."""


class Part(TypedDict):
    """One option, step or left side. `mark` is "right" or "missed" when that is due, or "open"."""

    id: str
    text: str
    mark: str
    explanation: str | None


class Choice(TypedDict):
    """One right side of a matching question."""

    id: str
    text: str


class Entry(TypedDict):
    """A field to type into: the words around it, and how many lines it has."""

    before: str
    after: str
    lines: int


class Drawn(TypedDict):
    """What a kind shows at this moment. `notes` explain the last answer as a whole; `solution` is
    the right answer once it is due, else empty."""

    parts: list[Part]
    choices: list[Choice]
    entry: Entry | None
    notes: list[str]
    solution: str


@dataclass(frozen=True)
class Question(ABC):
    """A question. Its id never changes meaning: `meaning` is kept with each answer, and `was` holds
    those of earlier wordings that mean the same. `see` is a heading of the lesson; `idea` lets the
    question come back in a later lesson; `returned` says from where it did."""

    id: str
    stem: str
    topic: str
    sql: str | None = field(default=None, kw_only=True)
    see: str | None = field(default=None, kw_only=True)
    idea: str | None = field(default=None, kw_only=True)
    was: tuple[str, ...] = field(default=(), kw_only=True)
    returned: str | None = field(default=None, kw_only=True)

    kind: ClassVar[str]
    runs: ClassVar[bool] = False
    """Whether judging runs SQL. Such a verdict is kept with the answer and never made again."""
    again: ClassVar[str] = "Read why below, then try again."
    shown: ClassVar[str] = "The right answer is shown below."

    @abstractmethod
    def judge(self, given: Given) -> Judged:
        """The verdict on an answer. Raises UnknownPick for one that this question cannot have."""

    @abstractmethod
    def accepts(self, given: Given) -> bool:
        """Whether this question can have such an answer, right or wrong."""

    @abstractmethod
    def draw(self, tries: Sequence[Answer], settled: bool) -> Drawn:
        """What may be seen after these answers; `settled` when the right answer is due."""

    @abstractmethod
    def matters(self) -> Iterator[str]:
        """The words that decide what an answer to this question means."""

    @abstractmethod
    def explanations(self) -> Iterator[Explanation]:
        """Every explanation that a learner may read."""

    @abstractmethod
    def faults(self) -> Iterator[Finding]:
        """What its author has to mend, without running anything."""

    def note(self, name: str) -> str | None:
        """The explanation that a verdict names; None where there is none of that name."""
        return "" if name == "" else None

    def claims(self) -> Iterator[Finding]:
        """What running the question's own SQL proves wrong. Nothing where it has none to run."""
        return iter(())

    def meaning(self) -> str:
        """A short print of what the question means: the same for other blanks, case and marks."""
        words = [self.kind, self.stem, self.sql or "", *self.matters()]
        bare = "\n".join("".join(filter(str.isalnum, word.casefold())) for word in words)
        return hashlib.sha256(bare.encode()).hexdigest()[:12]


def drawn(
    *,
    parts: Sequence[Part] = (),
    choices: Sequence[Choice] = (),
    entry: Entry | None = None,
    notes: Sequence[str] = (),
    solution: str = "",
) -> Drawn:
    """A drawing of which only some parts are used."""
    return Drawn(
        parts=list(parts), choices=list(choices), entry=entry, notes=list(notes), solution=solution
    )


def repeated(what: str, ids: Sequence[str], part: str) -> Iterator[Finding]:
    """A finding for each id that was there before; `part` is the key of the list in the bank."""
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield (part, index), f"The {what} {name!r} is there twice; expected it once."


def shuffled(ids: Sequence[str], seed: str) -> list[str]:
    """The ids in an order that looks random, is always the same, and is not that of the bank."""
    mixed = sorted(ids, key=lambda one: hashlib.sha256(f"{seed}/{one}".encode()).digest())
    return mixed if mixed != list(ids) else mixed[1:] + mixed[:1]
