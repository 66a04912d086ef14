"""A lesson's text as a reader meets it: stretches of prose between two things to do."""

from __future__ import annotations

import re
from pathlib import Path

_RUNS = re.compile(r"^```(?:python|sql).*?^```$", re.MULTILINE | re.DOTALL)
_TO_READ = re.compile(r"^(~~~+|```)\w*.*?^\1$", re.MULTILINE | re.DOTALL)
# Words that make light of what a reader finds hard, and the mark that shouts.
_BANNED = re.compile(r"!|\b(?:just|simply|obviously|of course|easy|easily)\b", re.IGNORECASE)


def stretches(lesson: Path) -> list[str]:
    """The prose before, between and after the cells that run; SQL to be read is no prose."""
    text = lesson.read_text(encoding="utf-8")
    return [_TO_READ.sub("", part) for part in _RUNS.split(text)]


def words(stretch: str) -> int:
    """How many words a stretch has."""
    return len(stretch.split())


def banned(stretch: str) -> list[str]:
    """What the prose of a lesson does not say."""
    return _BANNED.findall(stretch)
