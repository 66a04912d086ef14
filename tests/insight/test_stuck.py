"""Who is stuck: many checks, the last hint, or silence while others went on; and who is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from course_lib.classroom.roster import Learner
from course_lib.insight.asked import Asked
from course_lib.insight.stuck import class_clock, find_stuck
from course_lib.insight.tries import first_pass, working_minutes
from course_lib.insight.work import ClassWork, Judged, Work
from tests.insight.made import LESSON, NOON, check, exercise, hint, verdict, work

FAILED = {"down": "failed", "round-trip": "not_checked"}
DAY = 24 * 60


def class_of(*works: Work) -> ClassWork:
    learners = tuple(Learner(one.learner) for one in works)
    return ClassWork((Asked(LESSON, (exercise(),), ()),), learners, works)


def stuck(*works: Work) -> dict[str, str]:
    return {one.learner: one.why for one in find_stuck(class_of(*works))}


def test_many_checks_and_the_last_hint_are_told_with_the_place() -> None:
    tries = [check(minute, FAILED) for minute in range(5)]
    (one, other) = find_stuck(class_of(work("b", lines=[hint(0, 3)]), work("a", lines=tries)))
    assert (one.learner, one.checks, one.at) == ("a", 5, "There is a down, and it runs")
    assert one.why == "5 checks, and not all met"
    assert (other.learner, other.tier, other.at) == ("b", 3, "")
    assert other.why == "the last hint was given, and not all is met"


def test_who_got_there_is_not_stuck() -> None:
    tries = [check(minute, FAILED) for minute in range(9)]
    assert stuck(work("a", lines=[*tries, check(10, {})])) == {}
    assert stuck(work("a", Judged(verdict({})), tries)) == {}
    # The own databases are fewer than those of the grading.
    assert "a" in stuck(work("a", Judged(verdict(FAILED)), [*tries, check(10, {})]))


def test_silence_is_measured_against_the_class() -> None:
    others = [work(f"b{place}", lines=[check(5 * DAY + place, {})]) for place in range(8)]
    assert stuck(work("a", lines=[check(0, FAILED)]), *others) == {
        "a": "nothing for 5 days, while others went on"
    }
    assert stuck(work("a", lines=[check(3 * DAY, FAILED)]), *others) == {}
    # Silent, and nothing begun that is not met.
    assert stuck(work("a", lines=[check(0, {})]), *others) == {}


def test_one_made_up_time_moves_nobody() -> None:
    others = [work(f"b{place}", lines=[check(place, {})]) for place in range(8)]
    liar = work("liar", lines=[check(400 * DAY, {})])
    clock = class_clock([*others, liar])
    assert clock is not None and clock < NOON + timedelta(days=1)
    assert class_clock([work("a")]) is None


@pytest.mark.parametrize(
    ("minutes", "worked"), [((), None), ((1,), None), ((0, 5), 5), ((0, 600, 605), 20), ((9, 3), 0)]
)
def test_a_night_is_no_work(minutes: tuple[int, ...], worked: float | None) -> None:
    assert working_minutes(NOON + timedelta(minutes=one) for one in minutes) == worked


def test_the_first_pass_of_a_requirement_and_of_all() -> None:
    checks = [check(0, FAILED), check(1, {"runs": "failed"}), check(2, {})]
    assert [first_pass(checks, one) for one in ("runs", "down", None)] == [1, 2, 3]
    assert first_pass(checks[:1]) is None
