"""The quiz bank of a lesson as the build reads it: its own faults, its claims run, its ids held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from course_lib.authoring.lesson import LessonProblem
from course_lib.quiz import BankError, Quiz, compare_banks, read_bank

BANK = "quiz.toml"

_HEADING = re.compile(r"^#{1,4}\s+(.*?)\s*$", re.MULTILINE)
_ID = re.compile(r'^\s*id\s*=\s*"([^"]*)"', re.MULTILINE)


def read_quizzes(folder: Path, root: Path) -> tuple[tuple[str, ...], tuple[LessonProblem, ...]]:
    """The ids of a lesson's quizzes, and what is wrong with its bank; a lesson may have none.

    `folder` is the lesson's, below `root`. The bank that was released is the one in the learners'
    folder of the same name.
    """
    path = folder / BANK
    if not path.exists():
        return (), ()
    name = path.relative_to(root).as_posix()
    try:
        quizzes = read_bank(path, prove=True)
    except BankError as error:
        return (), tuple(LessonProblem(name, one.line, one.sentence) for one in error.problems)
    text = path.read_text(encoding="utf-8-sig")
    problems = [
        LessonProblem(name, _line_of(text, owner), sentence)
        for owner, sentence in _misplaced(quizzes, folder)
    ]
    released = root / "notebooks" / folder.name / BANK
    if not problems and released.is_file():
        shown = released.relative_to(root).as_posix()
        for one in compare_banks(text, name, released.read_text(encoding="utf-8-sig")):
            sentence = f"{one.sentence} If no learner has met it, delete {shown} and build again."
            problems.append(LessonProblem(name, one.line, sentence))
    return tuple(quiz.id for quiz in quizzes), tuple(problems)


def _misplaced(quizzes: tuple[Quiz, ...], folder: Path) -> Iterator[tuple[str, str]]:
    """What points at nothing: the id of the quiz or question, and a sentence."""
    lesson = folder / "lesson.md"
    text = lesson.read_text(encoding="utf-8", errors="replace") if lesson.exists() else ""
    headings = {found.replace("`", "") for found in _HEADING.findall(text)}
    for quiz in quizzes:
        for question in quiz.questions:
            if question.see is not None and question.see not in headings:
                yield (
                    question.id,
                    f"Question {question.id} sends to the heading {question.see!r}, and lesson.md"
                    " has none of that name.",
                )
        if quiz.returns is not None and (why := _cannot_return(folder.parent / quiz.returns)):
            yield quiz.id, f"Quiz {quiz.id} returns to {quiz.returns!r}, {why}."


def _cannot_return(earlier: Path) -> str:
    """Why no question can come back from that lesson; empty where one can."""
    try:
        quizzes = read_bank(earlier / BANK)
    except OSError:
        return "where there is no quiz.toml"
    except BankError:
        return "whose quiz.toml has faults"
    if not any(question.idea for quiz in quizzes for question in quiz.questions):
        return "where no question has an idea"
    return ""


def _line_of(text: str, name: str) -> int | None:
    """The line on which something gets this id."""
    for found in _ID.finditer(text):
        if found[1] == name:
            return text.count("\n", 0, found.start(1)) + 1
    return None
