"""Hints name code as code: between backticks, which the page and the cell turn into code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from .running import LESSONS

SPECS = sorted((*LESSONS.glob("*/exercises/*.toml"), *LESSONS.glob("drafts/exercises/*.toml")))
# What no sentence holds: a word in capitals, a name of two words, a column with its table, a
# magic, a comment of SQL, a call.
CODE = re.compile(r"\b[A-Z]{2,}\b|\w_\w|\b[a-z]+\.[a-z]|%|--|\w\(")
WORDS = {"SQL"}


def bare_code(hint: str) -> list[str]:
    """What looks like code in a hint and does not stand between backticks."""
    return [found for found in CODE.findall(re.sub("`[^`]+`", "", hint)) if found not in WORDS]


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_the_code_in_a_hint_stands_between_backticks(spec: Path) -> None:
    hints = tomllib.loads(spec.read_text(encoding="utf-8"))["hints"]
    assert [hint for hint in hints if bare_code(hint) or hint.count("`") % 2] == []


@pytest.mark.parametrize(
    "hint",
    [
        "It begins with ALTER TABLE users.",
        "Look at users.email again.",
        "Run %migrate up.",
        "The table phones_kept is new.",
        "Ask count(joined) first.",
        "Write -- migrate:down.",
    ],
)
def test_code_without_backticks_is_found(hint: str) -> None:
    assert bare_code(hint)
    assert not bare_code(f"`{hint}`")
