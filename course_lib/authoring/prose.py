"""A lesson's text as a reader meets it: stretches of prose between two things to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RUNS = re.compile(r"^```(?:python|sql).*?^```$", re.MULTILINE | re.DOTALL)
_TO_READ = re.compile(r"^(~~~+|```)\w*.*?^\1$", re.MULTILINE | re.DOTALL)
_MINUTES = re.compile(r"\b(?P<number>\d+)\s+minutes\b", re.IGNORECASE)


@dataclass(frozen=True)
class Stretch:
    """Prose between two cells that run, or before the first or after the last: `line` is where it
    begins (from 1). Text to be read in a fence is no prose."""

    line: int
    text: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def find_stretches(text: str) -> tuple[Stretch, ...]:
    """The prose of a lesson's Markdown, in order: one stretch more than there are cells to run."""
    found: list[Stretch] = []
    begin = 0
    for runs in [*_RUNS.finditer(text), None]:
        part = text[begin : runs.start()] if runs else text[begin:]
        # A stretch begins with its first word, not with the blank lines before that.
        blank = len(part) - len(part.lstrip())
        line = text.count("\n", 0, begin + blank) + 1
        found.append(Stretch(line, _TO_READ.sub("", part)))
        begin = runs.end() if runs else begin
    return tuple(found)


def promised_minutes(text: str) -> int | None:
    """The minutes that a lesson's text promises before its second heading; None without a promise.

    It is the first number that stands before the word "minutes".
    """
    opening = re.split(r"^## ", text, maxsplit=1, flags=re.MULTILINE)[0]
    found = _MINUTES.search(opening)
    return int(found["number"]) if found else None
