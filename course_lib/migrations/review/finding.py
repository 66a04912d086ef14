"""What a review finds: a rule's id, the place, a sentence, and how to write it safely."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..errors import place
from .unit import Unit


@dataclass(frozen=True)
class Finding:
    """One thing to look at before a migration is run.

    `line` counts from 1 in `file`. `rewrite` is SQL to paste, with the migration's own names; it is
    empty where there is nothing better to write.
    """

    rule: str
    file: str
    line: int
    sentence: str
    rewrite: str = ""

    @property
    def where(self) -> str:
        """The place for people: `migrations/002_x.sql, line 3`."""
        return place(self.file, self.line)


@dataclass(frozen=True)
class Told:
    """What a rule says about the step with this index: a sentence and a rewrite."""

    step: int
    sentence: str
    rewrite: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule: its id, what it is about in one sentence, and the function that looks."""

    id: str
    about: str
    look: Callable[[Unit], Iterator[Told]]
