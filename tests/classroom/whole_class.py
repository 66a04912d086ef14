"""A class over several lessons, drawn with a fixed seed: right, wrong, partial, empty, broken and
hostile work. What is handed in is a `Work`, of which many learners may have the same."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from course_lib.exercises import AnswerText, Exercise, load_spec
from tests.grading.class_folder import ROOT
from tests.grading.corpus_lessons import hand_in
from tests.grading.hostile_files import duckdb_py, no_timestamp, page_link, pipe
from tests.grading.submissions import Edit, answer, edit_notebook, lose_metadata

LESSONS = tuple(path.name for path in sorted((ROOT / "lessons").glob("[0-9]*/")))
STEALS = """-- migrate:up
COPY (SELECT content FROM read_text('../../../secret.txt')) TO '../../../stolen.csv';
-- migrate:down
ATTACH '../../../gradebook.db' AS marks;
"""
_WRONG_ONES = 3


@dataclass(frozen=True)
class Work:
    """One content of a submission: `edits` of the released notebook, then `spoil` of its file."""

    lesson: str
    name: str
    edits: tuple[Edit, ...] = ()
    spoil: Callable[[Path], object] = lambda _: None

    def hand_in(self, course: Path, student: str) -> None:
        """Put it where `collect` puts a learner's work."""
        target = course / "submitted" / student / self.lesson
        shutil.copytree(course / "release" / self.lesson, target)
        notebook = target / f"{self.lesson}.ipynb"
        edit_notebook(notebook, *self.edits)
        self.spoil(notebook)


def all_work(lesson: str) -> list[Work]:
    """Every content that learners hand in for a lesson."""
    return list(_all_work(lesson, _exercises(lesson)))


def draw_class(learners: int, lessons: Sequence[str], seed: int) -> Iterator[tuple[str, Work]]:
    """Who hands in what; now and then somebody hands in nothing of a lesson."""
    chance = random.Random(seed)
    of_lesson = {lesson: all_work(lesson) for lesson in lessons}
    for number in range(learners):
        for lesson in lessons:
            if chance.random() < 0.95:
                yield f"learner-{number:03}", chance.choice(of_lesson[lesson])


def _all_work(lesson: str, exercises: Sequence[Exercise]) -> Iterator[Work]:
    right = tuple(edit for one in exercises for edit in _written(one, one.solutions[0].answer))
    yield Work(lesson, "right", right)
    for number in range(_WRONG_ONES):
        wrong = [one.wrong_answers[number % len(one.wrong_answers)].answer for one in exercises]
        edits = (_written(one, text) for one, text in zip(exercises, wrong, strict=True))
        yield Work(lesson, f"wrong-{number}", tuple(edit for several in edits for edit in several))
    first = exercises[0]
    yield Work(lesson, "partial", _written(first, first.solutions[-1].answer))
    yield Work(lesson, "empty")
    yield Work(lesson, "cut-short", right, lambda path: path.write_bytes(path.read_bytes()[:999]))
    yield Work(lesson, "no-notebook", right, lambda path: path.unlink())
    yield Work(lesson, "another-file", right, lambda path: path.write_text("here is my work"))
    yield Work(lesson, "pipe", right, pipe)
    yield Work(lesson, "thief", tuple(_stealing(first)))
    yield Work(lesson, "no-metadata", (*right, lose_metadata))
    yield Work(lesson, "shadowing-files", right, duckdb_py)
    yield Work(lesson, "link-to-the-secret", right, page_link)
    yield Work(lesson, "no-time", right, no_timestamp)


def _stealing(exercise: Exercise) -> tuple[Edit, ...]:
    names = [one.name for one in exercise.task.migrations]
    if not names:
        code = "def stolen(*about):\n    return open('../../../secret.txt').read()\n"
        return _written(exercise, code)
    return _written(exercise, dict.fromkeys(names, STEALS) if len(names) > 1 else STEALS)


def _written(exercise: Exercise, text: AnswerText) -> tuple[Edit, ...]:
    if exercise.task.migrations:
        return hand_in(exercise, text)
    assert isinstance(text, str)
    return (answer(text, f"{exercise.task.id}-answer"),)


def _exercises(lesson: str) -> list[Exercise]:
    return [
        load_spec(path) for path in sorted((ROOT / "lessons" / lesson).glob("exercises/*.toml"))
    ]
