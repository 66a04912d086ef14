"""What was gained between two lessons that ask the same quiz: over all who answered both. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from course_lib.insight.asked import Asked
from course_lib.insight.work import ClassWork
from course_lib.quiz import FirstTries, Quiz, State, compare_first_tries


@dataclass(frozen=True)
class QuestionGain:
    """One question over the learners who answered it in both lessons: first tries that were right
    `then` and `now`, and how many `gained` it (wrong then, right now) or `lost` it."""

    stem: str
    both: int
    then: int
    now: int
    gained: int
    lost: int


@dataclass(frozen=True)
class Gain:
    """A quiz that two lessons ask, by their names."""

    title: str
    earlier: str
    later: str
    questions: tuple[QuestionGain, ...]


def count_gains(work: ClassWork) -> tuple[Gain, ...]:
    """Each quiz that stands in two lessons: in the first that has it, and in the last."""
    found: dict[str, list[tuple[Asked, Quiz]]] = {}
    for asked in work.asked:
        for quiz in asked.quizzes:
            found.setdefault(quiz.id, []).append((asked, quiz))
    return tuple(_gain(work, one[0], one[-1]) for one in found.values() if len(one) > 1)


def _gain(work: ClassWork, earlier: tuple[Asked, Quiz], later: tuple[Asked, Quiz]) -> Gain:
    (then, quiz_then), (now, quiz_now) = earlier, later
    before = {one.learner: one.answers.get(quiz_then.id, ()) for one in work.of(then.name)}
    after = {one.learner: one.answers.get(quiz_now.id, ()) for one in work.of(now.name)}
    compared = [
        compare_first_tries(State(quiz_then, before[name]), State(quiz_now, after[name])).questions
        for name in before
        if name in after
    ]
    asked_in_both = compare_first_tries(State(quiz_then), State(quiz_now)).questions
    questions = [
        _question(one.stem, [tries[place] for tries in compared])
        for place, one in enumerate(asked_in_both)
    ]
    return Gain(quiz_now.title, then.name, now.name, tuple(questions))


def _question(stem: str, tries: Sequence[FirstTries]) -> QuestionGain:
    pairs = list(_pairs(tries))
    return QuestionGain(
        stem,
        len(pairs),
        sum(then for then, _ in pairs),
        sum(now for _, now in pairs),
        sum(now and not then for then, now in pairs),
        sum(then and not now for then, now in pairs),
    )


def _pairs(tries: Sequence[FirstTries]) -> Iterator[tuple[bool, bool]]:
    for one in tries:
        if one.then is not None and one.now is not None:
            yield one.then.right, one.now.right
