"""No two explanations of the course say nearly the same, in whichever lessons they stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

BANKS = sorted((Path(__file__).parents[2] / "lessons").glob("*/quiz.toml"))
SAID = ("explanation", "otherwise")
MOST_IN_COMMON = 0.45
"""Of the words of both: two explanations that said the same in other words had 0.65."""


def told(value: Any, place: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each text that is told after an answer: where it stands, and its words."""
    if isinstance(value, list):
        for one in value:
            yield from told(one, place)
    if isinstance(value, dict):
        place = f"{place} {value['id']}" if "id" in value else place
        for key, inner in value.items():
            if key in SAID:
                yield f"{place} {key}", frozenset(re.findall(r"\w+", inner.lower()))
            else:
                yield from told(inner, place)


def in_common(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def test_no_explanation_is_nearly_another_one() -> None:
    texts = [
        text
        for bank in BANKS
        for text in told(tomllib.loads(bank.read_text(encoding="utf-8")), bank.parent.name[:2])
    ]
    assert len(BANKS) >= 10 and len(texts) > 300
    alike = [
        (one, other)
        for (one, words), (other, others) in combinations(texts, 2)
        if in_common(words, others) > MOST_IN_COMMON
    ]
    assert alike == []


def test_every_option_says_something_of_its_own() -> None:
    for bank in BANKS:
        for quiz in tomllib.loads(bank.read_text(encoding="utf-8"))["quiz"]:
            for question in quiz["question"]:
                parts = [*question.get("option", ()), *question.get("step", ())]
                for part in [*parts, *question.get("pair", ()), *question.get("wrong", ())]:
                    words = part.get("explanation", "").split()
                    assert len(words) > 7, (bank.parent.name, question["id"], part["id"])
