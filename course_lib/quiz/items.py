"""The checklist for a quiz as a whole: what can be checked without a reader. What is asked of one
question stands with its kind."""

from __future__ import annotations

from collections.abc import Iterator

from course_lib.quiz.kinds.choice import Choices
from course_lib.quiz.kinds.question import Finding
from course_lib.quiz.model import Quiz


def check_quiz(quiz: Quiz) -> Iterator[Finding]:
    """What an author has to mend in a quiz, in the order of the file; nothing when it is fine."""
    if not quiz.questions:
        yield (), f"Quiz {quiz.id} has no question; expected at least one [[quiz.question]]."
    ids = [question.id for question in quiz.questions]
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield (
                ("question", index),
                f"The question {name!r} is there twice; expected it once.",
            )
    explained: dict[str, str] = {}
    for index, question in enumerate(quiz.questions):
        for where, name, explanation in question.explanations():
            words = " ".join(explanation.split()).casefold()
            if words and words in explained:
                other = explained[words].split()[-1]
                yield (
                    ("question", index, *where),
                    f"{name} has the same explanation as {other}; "
                    "expected what would happen with this very answer.",
                )
            explained.setdefault(words, name)
    yield from _check_giveaways(quiz)


def _check_giveaways(quiz: Quiz) -> Iterator[Finding]:
    """Patterns by which a quiz can be answered without reading it."""
    choices = [
        question
        for question in quiz.questions
        if isinstance(question, Choices) and sum(option.right for option in question.options) == 1
    ]
    longest = [question for question in choices if _right_is_longest(question)]
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


def _right_is_longest(question: Choices) -> bool:
    right = max(len(option.text) for option in question.options if option.right)
    return all(len(option.text) < right for option in question.options if not option.right)
