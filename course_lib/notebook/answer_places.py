"""Where the parts of an answer are: the file that the check reads, and the cell that saves it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from course_lib.exercises.exercise import Task

from .attempts import ANSWERS
from .database import MIGRATIONS


@dataclass(frozen=True)
class AnswerPlace:
    """A part of an answer: its name, its file in the lesson's folder (with `/`), and the first line
    of the cell that saves it."""

    name: str
    file: str
    first_line: str


def answer_places(task: Task) -> tuple[AnswerPlace, ...]:
    """All that an exercise asks for, in its order."""
    if task.function is not None:
        (file,) = task.files
        name = task.function.name
        return (AnswerPlace(name, f"{ANSWERS}/{file}", f"%%answer {name}"),)
    return tuple(
        AnswerPlace(
            PurePosixPath(file).stem,
            f"{MIGRATIONS}/{file}",
            f"%%migration {file.removesuffix('.sql')}",
        )
        for file in task.files
    )
