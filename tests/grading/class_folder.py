"""A class's course folder in a temporary place: built, handed out, submitted to, graded.

A class has lesson 4 where no other is named.
"""

from __future__ import annotations

import csv
import html
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from tests.grading.submissions import CHECK, LESSON, Edit, edit_notebook
from tests.lone_lesson import copy_lesson
from tests.nbgrader_commands import Terminal, open_terminal

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "lessons" / LESSON / "exercises" / "add-email.toml"


@dataclass(frozen=True)
class ClassFolder:
    """A course folder whose assignment is generated, and the terminal that stands in it.

    `lesson` is the assignment, `check` the nbgrader id of its check cell.
    """

    folder: Path
    terminal: Terminal
    lesson: str = LESSON
    check: str = CHECK

    @property
    def notebook(self) -> str:
        """The name of the assignment's notebook."""
        return f"{self.lesson}.ipynb"

    def assignment(self, lesson: str, check: str) -> ClassFolder:
        """The same class with another assignment, which is generated."""
        self.terminal.run(f"nbgrader generate_assignment {lesson}")
        return replace(self, lesson=lesson, check=check)

    @property
    def secret(self) -> str:
        return (self.folder / "secret.txt").read_text(encoding="utf-8").strip()

    def handed_in(self, student: str) -> Path:
        """Where `collect` puts this student's files; nothing needs to be there."""
        return self.folder / "submitted" / student / self.lesson

    def submit(self, student: str, *edits: Edit) -> Path:
        """The released files with these edits, handed in; gives the notebook's path."""
        target = self.handed_in(student)
        shutil.copytree(self.folder / "release" / self.lesson, target)
        edit_notebook(target / self.notebook, *edits)
        return target / self.notebook

    def autograde(self, *options: str, code: int = 0) -> str:
        """Grade everybody; what the command said."""
        return self.terminal.run(" ".join(["nbgrader autograde", self.lesson, *options]), code=code)

    def give_feedback(self) -> None:
        self.terminal.run(f"nbgrader generate_feedback {self.lesson} --force")

    def marks(self) -> dict[str, float | None]:
        """The scores of the assignment as exported; None where the score is empty."""
        self.terminal.run("nbgrader export")
        with (self.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["assignment"] == self.lesson]
        return {row["student_id"]: float(row["score"]) if row["score"] else None for row in rows}

    def waits_for_a_human(self, student: str, check: str = "") -> bool:
        """Whether the gradebook says so of the check's cell, which then has no points."""
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            grade = gradebook.find_grade(check or self.check, self.lesson, self.lesson, student)
            return bool(grade.needs_manual_grade and grade.auto_score is None)

    def graded(self, student: str) -> NotebookNode:
        """The notebook with the outputs that grading gave it."""
        folder = self.folder / "autograded" / student / self.lesson
        return nbformat.read(folder / self.notebook, as_version=4)

    def feedback(self, student: str) -> str:
        """The source of a student's feedback page."""
        page = self.folder / "feedback" / student / self.lesson / f"{self.lesson}.html"
        return page.read_text(encoding="utf-8")

    def feedback_words(self, student: str) -> str:
        """What a reader of the feedback page reads, without marks of code."""
        return words_of(self.feedback(student))


def words_of(page: str) -> str:
    """The words of a page, without marks of code."""
    text = html.unescape(re.sub(r"<style.*?</style>|<[^>]*>", "", page, flags=re.S))
    return " ".join(text.replace("`", "").split())


@contextmanager
def open_class(
    base: Path,
    *more_configuration: str,
    lesson: str = LESSON,
    write_lessons: Callable[[Path], object] | None = None,
) -> Iterator[ClassFolder]:
    """Build a course in `base` and generate a lesson; the lines end its nbgrader_config.py.

    `write_lessons` fills its `lessons/`; without it the course is that lesson of the repository.
    """
    (base / "home").mkdir(parents=True)
    (write_lessons or partial(copy_lesson, lesson))(base / "lessons")
    folder = base / "class"
    with open_terminal(base, base / "home") as terminal:
        terminal.run("updown course build --course class")
        with (folder / "nbgrader_config.py").open("a", encoding="utf-8") as file:
            file.write("\n".join(["", *more_configuration, ""]))
        terminal.run(f"cd {folder}")
        terminal.run(f"nbgrader generate_assignment {lesson}")
        yield ClassFolder(folder, terminal, lesson)
