"""How long a lesson is and what it has: the bounds that `updown course report` and the build hold
lessons to. Change a number here and nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

from course_lib.authoring.found import START_PAGE


@dataclass(frozen=True)
class Bounds:
    """What is asked of one lesson. A range has all numbers that are allowed; None asks nothing.

    Words are words of prose. `gap` and `first` are the most words between two things to do and
    before the first one. `wrong_answers` are of each exercise. `quiz` is the number of questions in
    the longest quiz, `kinds` that of different kinds in all quizzes together. `picture` asks for
    the timeline or a scene, `order` for a question of that kind before the first answer cell,
    `note` for the words of the instructor's note.
    """

    words: range
    minutes: range | None = None
    gap: int = 180
    first: int = 110
    exercises: range | None = None
    wrong_answers: int | None = None
    quiz: range | None = None
    kinds: int | None = None
    picture: bool = False
    order: bool = False
    note: range | None = None


BOUNDS = frozenset(field.name for field in fields(Bounds))
"""The names of all bounds."""
OF_PROSE = frozenset({"words", "gap", "first"})

DEMANDED = BOUNDS
"""What the build refuses to do without; `updown course report` always holds lessons to BOUNDS."""

ORDINARY = Bounds(
    words=range(1000, 1501),
    minutes=range(20, 61),
    exercises=range(2, 5),
    wrong_answers=4,
    quiz=range(5, 9),
    kinds=3,
    picture=True,
    order=True,
    note=range(100, 201),
)

START = Bounds(words=range(150, 601), gap=250, first=400)
"""The start page, which is a way to the lessons and not one of them."""

OWN = {
    # Five minutes: a first cell, a first check, three questions from the gut.
    "00": Bounds(
        words=range(250, 401), minutes=range(5, 11), quiz=range(3, 4), kinds=1, picture=True
    ),
    # One change in five tools: more to read, and more to run. The tools have no timeline.
    "07": replace(ORDINARY, words=range(1000, 1801), picture=False),
    # A program grows test by test: its exercises are the lesson.
    "08": replace(ORDINARY, words=range(1000, 1801), exercises=range(2, 7), picture=False),
    # Questions about everything, and a project with little to explain.
    "09": replace(
        ORDINARY, words=range(500, 1501), exercises=range(1, 5), quiz=range(3, 13), order=False
    ),
}
"""Lessons with bounds of their own, by the number that their folder's name begins with."""

_NUMBERED = re.compile(r"(?P<number>[0-9]{2})-")


def bounds_of(lesson: str) -> Bounds | None:
    """The bounds of a lesson by its folder's name, or of the start page. None for a folder whose
    name has no number: it is no lesson of the course."""
    if lesson == START_PAGE:
        return START
    found = _NUMBERED.match(lesson)
    return OWN.get(found["number"], ORDINARY) if found else None
