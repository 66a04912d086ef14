"""What to repeat: what is graded before what was explained, what many miss before what few do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course_lib.insight.counting import ExerciseCount, IdeaCount, RequirementCount
from course_lib.insight.quiz_counts import QuizCount, count_quiz
from course_lib.insight.ranking import MOST, Repeat, rank_repeats
from tests.insight.made import LESSON, QUIZ, tried, work


def requirement(name: str, failed: int, of: int, *ideas: IdeaCount) -> RequirementCount:
    return RequirementCount(
        name, f"Title of {name}", "", of - failed, failed, 0, 0, 0, 0, 0, 0, None, None, 0, ideas
    )


def exercise(*requirements: RequirementCount) -> ExerciseCount:
    return ExerciseCount(LESSON, "add-email", "Email", requirements, (0,) * 4, (0,) * 4, (), 0)


def quiz(*tries: tuple[str, ...], sure: bool | None = None) -> QuizCount:
    works = [work(str(place), answers=tried(*one, sure=sure)) for place, one in enumerate(tries)]
    return count_quiz(LESSON, QUIZ, works)


def ranked(*requirements: RequirementCount) -> list[Repeat]:
    return list(rank_repeats([exercise(*requirements)], []))


def test_the_share_decides_and_not_the_number() -> None:
    found = ranked(requirement("few", 10, 40), requirement("many", 9, 12))
    assert [(one.what, one.number, one.of) for one in found] == [
        ("Title of many", 9, 12),
        ("Title of few", 10, 40),
    ]
    assert [one.rank for one in found] == [1, 2]
    assert found[0].why.startswith("9 of the 12 who answered")


def test_what_one_or_a_small_share_missed_is_left_out() -> None:
    assert ranked(requirement("one", 1, 2), requirement("some", 5, 40)) == []
    assert ranked(requirement("nobody", 0, 0)) == []


def test_one_idea_behind_several_requirements_is_told_once() -> None:
    idea = IdeaCount("hard-coded ids", 6, known=True)
    found = ranked(
        requirement("down", 6, 20, idea),
        requirement("back", 7, 20, idea),
        requirement("type", 6, 20, IdeaCount("a text", 1, known=True)),
    )
    assert [one.what for one in found] == ["Title of back", "Title of type"]
    assert found[0].idea == "hard-coded ids (6 of 7)" and found[1].idea == ""


def test_who_was_right_later_counts_less_and_who_was_sure_more() -> None:
    def weight(count: QuizCount) -> float:
        (one,) = rank_repeats([], [count])
        return one.weight

    mended = quiz(("no", "yes"), ("no", "yes"))
    sure = quiz(("no", "yes"), ("no", "yes"), sure=True)
    never = quiz(("no", "half"), ("no",))
    assert (weight(mended), weight(sure), weight(never)) == (0.25, 0.5, 1.0)
    (one,) = rank_repeats([], [never])
    assert one.idea == "nothing stays (2 of 2)" and "2 never got it right" in one.why


def test_one_learner_was_and_two_were_sure() -> None:
    for one_is_sure, said in ((False, "2 were sure"), (True, "1 was sure")):
        tries = [tried("no", sure=True), tried("no", sure=not one_is_sure)]
        works = [work(str(place), answers=one) for place, one in enumerate(tries)]
        (one,) = rank_repeats([], [count_quiz(LESSON, QUIZ, works)])
        assert f"{said} of a wrong answer" in one.why


NUMBERS = st.integers(1, 40).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(st.lists(NUMBERS, max_size=15))
def test_the_list_is_short_and_falls(pairs: list[tuple[int, int]]) -> None:
    found = ranked(*(requirement(str(place), *pair) for place, pair in enumerate(pairs)))
    assert len(found) <= MOST and [one.rank for one in found] == [*range(1, len(found) + 1)]
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    left = [pair[0] / pair[1] for pair in pairs if pair[0] >= 2 and pair[0] >= 0.15 * pair[1]]
    assert [one.weight / 2 for one in found] == sorted(left, reverse=True)[:MOST]
