"""What the lessons of a class ask: exercises and quizzes, in the order of the notebook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from course_lib.exercises import Exercise, SpecError, load_spec
from course_lib.quiz import BankError, Quiz, read_bank

_CHECK = re.compile(r"""\bcheck\(\\?["']([\w-]+)""")
_QUIZ = re.compile(r"""\bquiz\(\\?["']([\w-]+)""")


class AskedError(Exception):
    """A lesson of the class's folder cannot be read. One sentence."""


@dataclass(frozen=True)
class Asked:
    """A lesson: what it asks. `name` is its folder's."""

    name: str
    exercises: tuple[Exercise, ...]
    quizzes: tuple[Quiz, ...]

    @property
    def title(self) -> str:
        """`04-adding-a-column` as a reader says it: `Lesson 4: adding a column`."""
        number, _, words = self.name.partition("-")
        return f"Lesson {int(number)}: {words.replace('-', ' ')}" if number.isdigit() else self.name


def lessons_of(course: Path) -> list[str]:
    """The lessons of a class's folder, in their order."""
    return sorted(path.parent.name for path in course.glob("source/*/*.ipynb"))


def read_asked(course: Path, lesson: str) -> Asked:
    """What one lesson asks. Raises AskedError where spec, bank or notebook cannot be read."""
    source = course / "source" / lesson
    try:
        text = (source / f"{lesson}.ipynb").read_text(encoding="utf-8")
        specs = [load_spec(path) for path in sorted(course.glob(f"specs/{lesson}/*.toml"))]
        bank = source / "quiz.toml"
        quizzes = read_bank(bank) if bank.exists() else ()
    except (SpecError, BankError, OSError, UnicodeDecodeError) as error:
        raise AskedError(f"{lesson} cannot be read: {error}".splitlines()[0]) from None
    exercises = sorted(specs, key=lambda one: _place(one.task.id, _CHECK.findall(text)))
    return Asked(
        lesson,
        tuple(exercises),
        tuple(sorted(quizzes, key=lambda one: _place(one.id, _QUIZ.findall(text)))),
    )


def _place(name: str, order: list[str]) -> int:
    return order.index(name) if name in order else len(order)
