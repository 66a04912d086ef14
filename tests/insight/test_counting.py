"""Requirements counted: who passed, at which check, and which idea stands behind a failure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course_lib.exercises import check_answer
from course_lib.insight.counting import (
    ExerciseCount,
    IdeaCount,
    RequirementCount,
    count_exercise,
    is_done,
)
from course_lib.insight.ideas import Ideas, find_ideas, print_of
from course_lib.insight.work import Judged, Work
from tests.insight.made import LESSON, check, exercise, hint, verdict, work

FAILED = {"down": "failed", "round-trip": "not_checked"}
NOT_WRITTEN = Judged(None, written=False, why="there is no answer")


def counted(*works: Work, ideas: Ideas | None = None) -> ExerciseCount:
    return count_exercise(LESSON, exercise(), works, ideas or Ideas({}, {}))


def requirement(count: ExerciseCount, name: str) -> RequirementCount:
    (found,) = [one for one in count.requirements if one.id == name]
    return found


def test_each_learner_who_was_graded_counts_once() -> None:
    count = counted(
        work("a", Judged(verdict({}))),
        work("b", Judged(verdict(FAILED))),
        work("c", NOT_WRITTEN),
        work("d", Judged(None, why="the check failed")),
        work("e"),  # not graded yet
    )
    down, back = requirement(count, "down"), requirement(count, "round-trip")
    assert (down.passed, down.failed, down.not_checked) == (1, 1, 0)
    assert (down.no_answer, down.no_verdict, down.graded, down.answered) == (1, 1, 4, 2)
    assert (back.passed, back.failed, back.not_checked) == (1, 0, 1)


def test_the_first_check_and_the_way_to_the_first_pass_come_from_the_record() -> None:
    slow = [check(0, FAILED), hint(1, 1), check(5, FAILED), check(125, {})]
    count = counted(work("a", lines=[check(0, {})]), work("b", lines=slow), work("c"))
    down = requirement(count, "down")
    assert (down.tried, down.first_try, down.own_passed) == (2, 1, 2)
    assert down.checks == 2  # the median of 1 and 3
    assert down.minutes == 20  # five, and of two hours a quarter
    assert (count.needed, count.never) == ((1, 3), 0)
    # Nobody knows which hints the third one had.
    assert (count.hints, count.hints_done) == ((1, 1, 0, 0), (1, 1, 0, 0))


def test_met_alone_and_not_when_graded_is_told() -> None:
    graded = Judged(verdict({"backfill": "failed"}))
    count = counted(work("a", graded, [check(0, {})]), work("b", graded, [check(0, FAILED)]))
    assert requirement(count, "backfill").hidden == 2
    assert requirement(count, "down").hidden == 0


def test_failures_in_the_same_words_are_one_idea() -> None:
    known = verdict(FAILED, "gone")
    ideas = Ideas({("down", ("users.email: gone",)): ("no down",)}, {print_of(known): "no down"})
    count = counted(
        work("a", Judged(known)),
        work("b", Judged(known)),
        work("c", Judged(verdict(FAILED, "strange"))),
        ideas=ideas,
    )
    assert requirement(count, "down").ideas == (
        IdeaCount("no down", 2, known=True),
        IdeaCount("users.email: strange", 1, known=False),
    )


def test_what_was_handed_out_is_no_answer() -> None:
    stub = verdict({"runs": "failed"}, "nothing")
    count = counted(work("a", Judged(stub)), ideas=Ideas({}, {}, print_of(stub)))
    assert requirement(count, "runs").no_answer == 1 and requirement(count, "runs").failed == 0


def test_the_wrong_answers_of_a_spec_are_known_by_their_names() -> None:
    (wrong,) = [one for one in exercise().wrong_answers if one.name.startswith("no down")]
    ideas = find_ideas(exercise(), "a secret", ["down"])
    graded = check_answer(exercise(), wrong.answer, secret="a secret")
    count = counted(work("a", Judged(graded)), ideas=ideas)
    assert requirement(count, "down").ideas == (IdeaCount(wrong.name, 1, known=True),)
    stub = check_answer(exercise(), exercise().task.stubs, secret="a secret")
    assert ideas.is_untouched(stub) and not ideas.is_untouched(graded)


def test_done_is_what_grading_says_where_it_says_something() -> None:
    assert is_done(work(lines=[check(0, {})]), "add-email")
    assert not is_done(work(judged=Judged(verdict(FAILED)), lines=[check(0, {})]), "add-email")
    assert not is_done(work(), "add-email")


STATE = st.sampled_from(["passed", "failed", "not_checked"])
STATES = st.dictionaries(st.sampled_from(["runs", "column", "down"]), STATE)
JUDGED = st.one_of(
    st.none(), st.just(NOT_WRITTEN), st.builds(lambda one: Judged(verdict(one)), STATES)
)
LINES = st.lists(
    st.one_of(
        st.builds(check, st.integers(0, 500), STATES),
        st.builds(hint, st.integers(0, 500), st.integers(1, 9)),
    ),
    max_size=6,
)


@given(st.lists(st.builds(work, st.just("x"), JUDGED, LINES), max_size=8))
def test_the_parts_are_always_the_whole(works: list[Work]) -> None:
    count = counted(*works)
    graded = sum(bool(one.judged) for one in works)
    with_record = sum(bool(one.checks("add-email")) for one in works)
    for one in count.requirements:
        assert one.graded == graded and one.tried == with_record
        assert 0 <= one.first_try <= one.own_passed <= one.tried
        assert sum(idea.learners for idea in one.ideas) == one.failed >= one.hidden
        assert (one.checks is None) == (one.own_passed == 0)
        assert one.minutes is None or one.minutes >= 0
    assert sum(count.hints) == sum(bool(one.lines) for one in works)
    assert len(count.needed) + count.never == with_record
    assert all(done <= all_ for done, all_ in zip(count.hints_done, count.hints, strict=True))
