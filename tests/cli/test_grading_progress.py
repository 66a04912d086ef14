"""How far a run of grading is: rate and time left."""

from __future__ import annotations

import pytest

from course_lib.cli.grading_progress import Pace, time_words


def test_it_says_how_many_how_fast_and_how_long_still() -> None:
    pace = Pace(300)
    for now in range(11):
        pace.count(now / 2)
    assert str(pace) == "10 of 300 graded, 2.0 a second, 2 min 25 s left"


def test_the_rate_is_that_of_the_last_half_minute() -> None:
    pace = Pace(1000)
    for now in (*range(10), *range(100, 120)):
        pace.count(float(now))
    assert "1.0 a second" in str(pace)


def test_nothing_is_said_of_a_rate_before_the_first() -> None:
    pace = Pace(7)
    pace.count(0.0)
    assert str(pace) == "0 of 7 graded"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (59, "59 s"), (200, "3 min 20 s"), (3900, "1 h 05 min")],
)
def test_times_are_read_at_a_glance(seconds: float, words: str) -> None:
    assert time_words(seconds) == words
