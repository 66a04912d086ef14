"""A number with its noun: one alone is not many, and large numbers are read in threes."""

from __future__ import annotations

import pytest

from course_lib.counted import counted


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 rows"),
        (1, "1 row"),
        (2, "2 rows"),
        (1000, "1,000 rows"),
        (1_000_001, "1,000,001 rows"),
    ],
)
def test_a_number_with_its_noun(number: int, said: str) -> None:
    assert counted(number, "row") == said


def test_a_plural_of_its_own() -> None:
    assert [counted(number, "entry", "entries") for number in (1, 2)] == ["1 entry", "2 entries"]
