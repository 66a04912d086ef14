"""nbgrader's autograde, for a class of whose files nothing is taken on trust.

nbgrader leaves a submission without a notebook out, copies every file of a submission beside the
graded notebook and from there to the feedback, and follows links on the way.
"""

from __future__ import annotations

import glob
import shutil
from collections.abc import Iterator
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import nbgrader.apps.api  # type: ignore[import-untyped]
import nbgrader.apps.autogradeapp  # type: ignore[import-untyped]
from nbgrader import utils
from nbgrader.api import Gradebook, MissingEntry  # type: ignore[import-untyped]
from nbgrader.converters import Autograde  # type: ignore[import-untyped]
from nbgrader.converters.base import NbGraderException  # type: ignore[import-untyped]
from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]
from sqlalchemy.exc import OperationalError

from course_lib.grading.extensions import EXTENSIONS, ExtensionsError, read_extensions
from course_lib.grading.lock import submission_lock
from course_lib.grading.marks import NOTED, Noted
from course_lib.grading.submission import is_inside
from course_lib.grading.submission_exporter import submitted_root

TAKEN_ALONG = ("timestamp.txt", "submission_secret.txt", "answers/quiz-*.jsonl")
"""The files of a submission that are copied: nbgrader's own two, and the record of the quizzes."""

MAX_TAKEN = 2**20
"""Bytes of such a file; a longer one is left out."""


def use_for_autograde() -> None:
    """Have `nbgrader autograde` and the Formgrader's button grade with `AutogradeClass`.

    nbgrader has no setting for it: both look the name up in their module.
    """
    nbgrader.apps.autogradeapp.Autograde = AutogradeClass
    nbgrader.apps.api.Autograde = AutogradeClass


class AutogradeClass(Autograde):  # type: ignore[misc]
    """Grades every submitted folder, whatever lies in it, and takes over the answers alone."""

    def __init__(self, coursedir: CourseDirectory = None, **kwargs: Any) -> None:
        super().__init__(coursedir=coursedir, **kwargs)
        self.noted: list[Noted] = []
        if self.coursedir is not None:
            # nbgrader's own ends the whole batch where the file holds something else.
            self.coursedir.get_existing_timestamp = self._timestamp

    def init_notebooks(self) -> None:
        """The released notebooks in each submitted folder, whether they are there or not."""
        names = self._released()
        found = sorted(
            glob.glob(  # noqa: PTH207  the pattern is a whole path, as in nbgrader
                self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
            )
        )
        if not names or not found:
            super().init_notebooks()
            return
        self.assignments = {
            folder: [str(Path(folder) / f"{name}.ipynb") for name in names] for folder in found
        }

    def convert_notebooks(self) -> None:
        """Grade each submission by itself, while nobody else does. One that fails stops no other.

        Raises NbGraderException at the end where one failed, and at once where the gradebook does
        not answer.
        """
        course, failed = Path(self.coursedir.root), []
        for folder, notebooks in sorted(self.assignments.items()):
            self.assignments = {folder: notebooks}
            lesson, student = Path(folder).name, Path(folder).parent.name
            with submission_lock(course, lesson, student):
                try:
                    super().convert_notebooks()
                except NbGraderException as error:
                    if isinstance(error.__context__, OperationalError):
                        raise
                    failed.append(f"{student} ({lesson})")
        if failed:
            raise NbGraderException(f"Not graded: {', '.join(failed)}. The log above says why.")

    def write_single_notebook(self, output: str, resources: Any) -> None:
        """Write the notebook, and keep what grading noted of it in `noted`."""
        super().write_single_notebook(output, resources)
        if NOTED in resources:
            self.noted.append(resources[NOTED])

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Prepare the graded folder: the course's files, and of the submitted ones only those that
        are data to the course."""
        ignored = self.coursedir.ignore
        self.coursedir.ignore = [*ignored, "*"]
        try:
            super().init_assignment(assignment_id, student_id)
        finally:
            self.coursedir.ignore = ignored
        self._extend(assignment_id, student_id)
        graded = Path(self._format_dest(assignment_id, student_id))
        submitted = submitted_root(self.coursedir)
        folder = Path(self._format_source(assignment_id, student_id))
        for path in taken_along(folder, submitted):
            _copy(path, graded / path.relative_to(folder))
        source = Path(
            self.coursedir.format_path(self.coursedir.source_directory, ".", assignment_id)
        )
        for name in utils.find_all_files(str(source), [*ignored, "*.ipynb"]):
            _copy(Path(name), graded / Path(name).relative_to(source))

    def _extend(self, lesson: str, student: str) -> None:
        """Into the gradebook, what was promised before the work came."""
        try:
            more = read_extensions(Path(self.coursedir.root)).get((lesson, student))
        except ExtensionsError as error:
            raise NbGraderException(f"{EXTENSIONS}: {error}") from None
        if more is not None:
            with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
                minutes = more.total_seconds() / 60
                gradebook.grant_extension(lesson, student, minutes=minutes)

    def _timestamp(self, folder: str) -> datetime | None:
        """When a folder was submitted, in UTC; None where its timestamp.txt does not say."""
        path = Path(folder) / "timestamp.txt"
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_TAKEN:
            return None
        try:
            when: datetime = utils.parse_utc(path.read_text(encoding="utf-8").strip())
        except (ValueError, OverflowError):
            self.log.warning("%s holds no time, so it counts as handed in without one", path)
            return None
        return when

    def _released(self) -> list[str]:
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            try:
                assignment = gradebook.find_assignment(self.coursedir.assignment_id)
            except MissingEntry:
                return []
            names = [notebook.name for notebook in assignment.notebooks]
        return sorted(name for name in names if fnmatch(name, self.coursedir.notebook_id))


def taken_along(folder: Path, submitted: Path) -> Iterator[Path]:
    """The files of a submission that count beside its notebook."""
    for pattern in TAKEN_ALONG:
        for path in sorted(folder.glob(pattern)):
            if is_inside(path, submitted) and path.is_file() and path.stat().st_size <= MAX_TAKEN:
                yield path


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    shutil.copy(path, target, follow_symlinks=True)
