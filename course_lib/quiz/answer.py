"""An answer that was given, and what became of it. Plain data; judging is done by the questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Given = tuple[str, ...]
"""An answer as texts: the ids that were picked, in order where order counts, or what was typed."""


class UnknownPick(LookupError):
    """A pick that names nothing of the quiz. A fault of a page or of a file, not of a learner."""


@dataclass(frozen=True)
class Came:
    """What DuckDB really did: a sentence, and the rows that came back, as texts."""

    sentence: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def words(self) -> str:
        """All of it as one text, in which an option's claim is looked for."""
        return "\n".join([self.sentence, " | ".join(self.columns), *map(" | ".join, self.rows)])


@dataclass(frozen=True)
class Judged:
    """The verdict on one answer. `note` names the explanation that fits, where the answer itself
    does not say it; `came` is what happened when something was run for it."""

    right: bool
    note: str = ""
    came: Came | None = None


@dataclass(frozen=True)
class Answer:
    """One answer that was judged. `try_number` counts from 1 within a question; `at` is in UTC;
    `sure` is what the learner said of it, if anything; `seconds` is how long it took, if known."""

    question: str
    given: Given
    judged: Judged
    try_number: int
    at: datetime
    sure: bool | None = None
    seconds: int | None = None

    @property
    def right(self) -> bool:
        """Whether it was right."""
        return self.judged.right
