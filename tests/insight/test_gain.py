"""The gain between two lessons: over those who answered a question in both."""

from __future__ import annotations

from course_lib.insight.asked import Asked
from course_lib.insight.gain import QuestionGain, count_gains
from course_lib.insight.work import ClassWork, Work
from tests.insight.made import QUIZ, tried

THEN, NOW = "00-start-here", "09-knowledge-check"


def answered(learner: str, lesson: str, *given: str) -> Work:
    return Work(learner, lesson, answers={QUIZ.id: tuple(tried(*given))})


def test_first_tries_then_and_now_of_the_same_people() -> None:
    works = (
        answered("a", THEN, "no", "yes"),
        answered("a", NOW, "yes"),
        answered("b", THEN, "yes"),
        answered("b", NOW, "half"),
        answered("c", THEN, "yes"),
        answered("c", NOW, "yes"),
        answered("d", THEN, "yes"),
        answered("e", NOW, "yes"),
        answered("f", THEN),
        answered("f", NOW, "yes"),
    )
    asked = (Asked(THEN, (), (QUIZ,)), Asked(NOW, (), (QUIZ,)))
    (gain,) = count_gains(ClassWork(asked, (), works))
    assert (gain.earlier, gain.later) == (THEN, NOW)
    assert gain.questions == (QuestionGain("Does it stay?", 3, then=2, now=2, gained=1, lost=1),)


def test_a_quiz_of_one_lesson_is_no_gain() -> None:
    assert count_gains(ClassWork((Asked(THEN, (), (QUIZ,)),), (), ())) == ()
