"""A lesson held to its bounds: what lies outside, with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from course_lib.authoring.bounds import Bounds
from course_lib.authoring.lesson import LessonProblem
from course_lib.authoring.measure import NOTE, Measured


@dataclass(frozen=True)
class Outside:
    """One bound that a lesson does not keep, by its name in `Bounds`, and the sentence for it."""

    bound: str
    problem: LessonProblem


def find_outside(lesson: Measured, bounds: Bounds) -> tuple[Outside, ...]:
    """All that lies outside the bounds, in the order of `Bounds`."""
    return tuple(
        Outside(bound, LessonProblem(file, line, sentence))
        for look in (_prose, _promise, _exercises, _rest)
        for bound, file, line, sentence in look(lesson, bounds)
    )


_Found = Iterator[tuple[str, str, int | None, str]]


def _prose(lesson: Measured, bounds: Bounds) -> _Found:
    file = lesson.file
    if lesson.words not in bounds.words:
        yield "words", file, None, f"the lesson has {lesson.words} words; {_asks(bounds.words)}."
    first, *others = lesson.stretches
    if first.words > bounds.first:
        sentence = f"{first.words} words stand before the first thing to do; at most {bounds.first}"
        yield "first", file, first.line, f"{sentence} may."
    for one in others:
        if one.words > bounds.gap:
            sentence = f"from here on {one.words} words give nothing to do; at most {bounds.gap}"
            yield "gap", file, one.line, f"{sentence} may. Ask for something in between."


def _promise(lesson: Measured, bounds: Bounds) -> _Found:
    if bounds.minutes is None:
        return
    if lesson.minutes is None:
        sentence = 'the lesson promises no time. Say before its first cell how many "minutes" it'
        yield "minutes", lesson.file, 1, f"{sentence} takes, in digits."
    elif lesson.minutes not in bounds.minutes:
        sentence = f"the lesson promises {lesson.minutes} minutes; {_asks(bounds.minutes)}."
        yield "minutes", lesson.file, None, sentence


def _exercises(lesson: Measured, bounds: Bounds) -> _Found:
    number = len(lesson.exercises)
    if bounds.exercises is not None and number not in bounds.exercises:
        sentence = f"{number} graded {_plural('exercise', number)}; {_asks(bounds.exercises)}."
        yield "exercises", lesson.file, None, f"the lesson has {sentence}"
    for one in lesson.exercises:
        if bounds.wrong_answers is not None and one.wrong_answers < bounds.wrong_answers:
            has = f"the exercise has {one.wrong_answers} [[wrong]]"
            yield (
                "wrong_answers",
                one.file,
                None,
                f"{has}; at least {bounds.wrong_answers} are due.",
            )


def _rest(lesson: Measured, bounds: Bounds) -> _Found:
    folder = lesson.file.rpartition("/")[0]
    bank = f"{folder}/quiz.toml"
    if bounds.quiz is not None and lesson.longest_quiz not in bounds.quiz:
        number = f"{lesson.longest_quiz} {_plural('question', lesson.longest_quiz)}"
        yield "quiz", bank, None, f"the longest quiz has {number}; {_asks(bounds.quiz)}."
    if bounds.kinds is not None and len(lesson.kinds) < bounds.kinds:
        kinds = ", ".join(lesson.kinds) or "none"
        sentence = f"the quizzes have questions of the kinds {kinds}"
        yield "kinds", bank, None, f"{sentence}; at least {bounds.kinds} kinds are due."
    if bounds.picture and not lesson.has_picture:
        sentence = "the database is never seen while it moves: show lesson.timeline() or a scene."
        yield "picture", lesson.file, None, sentence
    if bounds.order and not lesson.order_asked:
        sentence = 'no quiz with a question of kind "order" is shown before the first answer cell.'
        yield "order", lesson.file, lesson.first_answer, sentence
    if bounds.note is not None and lesson.note_words is None:
        sentence = f"there is no instructor's note; its words: {_asks(bounds.note)}."
        yield "note", f"{folder}/{NOTE}", None, sentence
    elif bounds.note is not None and lesson.note_words not in bounds.note:
        sentence = f"the note has {lesson.note_words} words; {_asks(bounds.note)}."
        yield "note", f"{folder}/{NOTE}", None, sentence


def _asks(allowed: range) -> str:
    first, last = allowed[0], allowed[-1]
    return f"{first:,} to {last:,} are asked for" if first != last else f"{first} is asked for"


def _plural(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"
