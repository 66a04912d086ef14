"""The checklist that every quiz of a bank must pass: what can be checked without a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course_lib.quiz.model import Question, Quiz
from course_lib.quiz.places import Path

Finding = tuple[Path, str]
"""Where (a path inside the bank, below its quiz) and one sentence."""

_OF_THE_ABOVE = re.compile(r"\b(all|none|both|neither) of (the above|these|them)\b", re.I)


def check_quiz(quiz: Quiz) -> Iterator[Finding]:
    """What an author has to mend in a quiz, in the order of the file; nothing when it is fine."""
    if not quiz.questions:
        yield (), f"Quiz {quiz.id} has no question; expected at least one [[quiz.question]]."
    yield from _repeated("question", [question.id for question in quiz.questions], ())
    explained: dict[str, str] = {}
    for index, question in enumerate(quiz.questions):
        where: Path = ("question", index)
        yield from _check_one_choice(question, where)
        for place, option in enumerate(question.options):
            name = f"{question.id}/{option.id}"
            words = " ".join(option.explanation.split()).casefold()
            if words and words in explained:
                yield (
                    (*where, "option", place, "explanation"),
                    f"Option {name} has the same explanation as {explained[words]}; "
                    "expected what would happen with this very option.",
                )
            explained.setdefault(words, name)
    yield from _check_giveaways(quiz)


def _check_one_choice(question: Question, where: Path) -> Iterator[Finding]:
    right = sum(option.right for option in question.options)
    if right != 1:
        yield where, f"Question {question.id} has {right} right options; expected exactly one."
    if not 3 <= len(question.options) <= 4:
        yield where, f"Question {question.id} has {len(question.options)} options; expected 3 or 4."
    yield from _repeated("option", [option.id for option in question.options], where)
    texts = [" ".join(option.text.split()).casefold() for option in question.options]
    yield from _repeated("text", texts, where)
    for place, option in enumerate(question.options):
        at: Path = (*where, "option", place)
        name = f"Option {question.id}/{option.id}"
        if _OF_THE_ABOVE.search(option.text):
            yield (*at, "text"), f"{name} refers to other options; expected an answer of its own."
        if option.right and option.misconception is not None:
            yield at, f"{name} is right and names a misconception; only wrong options have one."
        if not option.right and option.misconception is None:
            yield at, f"{name} is wrong and names no misconception; expected the belief behind it."


def _check_giveaways(quiz: Quiz) -> Iterator[Finding]:
    """Patterns by which a quiz can be answered without reading it."""
    choices = [q for q in quiz.questions if sum(option.right for option in q.options) == 1]
    longest = [q for q in choices if _right_is_longest(q)]
    if len(longest) * 2 > len(choices):
        yield (
            ("question", quiz.questions.index(longest[0])),
            f"The right option is the longest in {len(longest)} of {len(choices)} questions of "
            f"quiz {quiz.id}, from {longest[0].id} on; expected at most half.",
        )
    places = {[option.right for option in q.options].index(True) for q in choices}
    if len(choices) >= 3 and len(places) == 1:
        yield (
            (),
            f"The right option is number {places.pop() + 1} in every question of quiz {quiz.id}; "
            "expected positions that vary.",
        )


def _right_is_longest(question: Question) -> bool:
    right = max(len(option.text) for option in question.options if option.right)
    return all(len(option.text) < right for option in question.options if not option.right)


def _repeated(what: str, ids: list[str], where: Path) -> Iterator[Finding]:
    for index, name in enumerate(ids):
        if name in ids[:index]:
            part = "question" if what == "question" else "option"
            yield (*where, part, index), f"The {what} {name!r} is there twice; expected it once."
