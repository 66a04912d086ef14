"""Which idea stands behind a failure: a spec's wrong answers, judged as learners' answers are.

Each of them has a name, such as `hard-coded ids`. A learner's requirement that failed in the very
words in which it fails for a wrong answer has that idea.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from course_lib.exercises import Exercise, Result, Verdict, check_prepared, prepare

_PLACES = re.compile(r"\b(step|line) \d+")
MOST_WORDS = 240

Words = tuple[str, ...]
"""What differs, as words in which two answers can be compared."""


@dataclass(frozen=True)
class Ideas:
    """What is known of an exercise: by requirement and words, the names of the wrong answers that
    fail so; and the whole verdict of what was handed out, `untouched`."""

    names: dict[tuple[str, Words], tuple[str, ...]]
    whole: dict[tuple[tuple[str, str, Words], ...], str]
    untouched: tuple[tuple[str, str, Words], ...] = ()

    def name(self, result: Result, verdict: Verdict) -> str:
        """The idea behind a requirement that failed; empty where none is known."""
        exact = self.whole.get(print_of(verdict))
        named = self.names.get((result.id, words_of(result)), ())
        if exact in named:
            return str(exact)
        return named[0] if len(named) == 1 else ""

    def is_untouched(self, verdict: Verdict) -> bool:
        """Whether an answer is judged as what was handed out is."""
        return bool(self.untouched) and print_of(verdict) == self.untouched


NO_IDEAS = Ideas({}, {})


def find_ideas(exercise: Exercise, secret: str, failed: Iterable[str]) -> Ideas:
    """Judge what was handed out, and the wrong answers that fail one of the requirements `failed`.

    It takes seconds: each runs on all databases, those of the class's secret too.
    """
    wanted = set(failed)
    prepared = prepare(exercise, secret)
    names: dict[tuple[str, Words], tuple[str, ...]] = {}
    whole: dict[tuple[tuple[str, str, Words], ...], str] = {}
    for wrong in exercise.wrong_answers:
        if not wanted & {wrong.fails, *wrong.also}:
            continue
        verdict = check_prepared(prepared, wrong.answer)
        whole.setdefault(print_of(verdict), wrong.name)
        for result in verdict.results:
            if result.state == "failed":
                key = (result.id, words_of(result))
                names[key] = (*names.get(key, ()), wrong.name)
    untouched = check_prepared(prepared, exercise.task.stubs) if wanted else None
    return Ideas(names, whole, print_of(untouched) if untouched else ())


def words_of(result: Result) -> Words:
    """What differs, without the places in a file that differ from one author to the next."""
    said = [f"{one.object}: {one.is_}" for one in result.differences]
    return tuple(_PLACES.sub(r"\1", one) for one in said)


def print_of(verdict: Verdict) -> tuple[tuple[str, str, Words], ...]:
    """The whole of a verdict in which two answers can be compared."""
    return tuple((one.id, one.state, words_of(one)) for one in verdict.results)


def first_words(result: Result) -> str:
    """What differs first, for answers behind which no idea is known."""
    if not result.differences:
        return "no difference was told"
    first = result.differences[0]
    return f"{first.object}: {first.is_}"[:MOST_WORDS]
