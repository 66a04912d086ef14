"""Marks that say what is known: none where grading failed, and never one of an earlier text."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry  # type: ignore[import-untyped]
from nbgrader.plugins import CsvExportPlugin  # type: ignore[import-untyped]
from nbgrader.preprocessors import SaveAutoGrades  # type: ignore[import-untyped]

from course_lib.grading.faults import is_check, why_fault
from course_lib.grading.submission import why_unreadable

NO_RESPONSE = "No response."
"""nbgrader's note on an answer that was not touched."""

NOTED = "updown_noted"
"""The key of nbconvert's resources under which `SaveMarks` leaves a `Noted`."""

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)
"""The columns of nbgrader's own export, in its order."""


@dataclass
class Noted:
    """What saving the marks of a notebook found: why nothing of it could be read (empty where it
    was), and the cells without points, by name, each with the reason."""

    unreadable: str = ""
    without_points: dict[str, str] = field(default_factory=dict)


def forget_marks(database: str, assignment: str, notebooks: Iterable[str]) -> None:
    """Take back the automatic points of a submission that is about to be graded again.

    nbgrader keeps them when grading fails, and they would be those of an earlier text. `notebooks`
    are the submitted files; `database` is the gradebook's URL.
    """
    with Gradebook(database) as gradebook:
        for path in map(Path, notebooks):
            student = path.parent.parent.name
            try:
                known = gradebook.find_submission_notebook(path.stem, assignment, student)
            except MissingEntry:  # handed in for the first time, or not a notebook of the course
                continue
            for grade in known.grades:
                grade.auto_score = None
                grade.needs_manual_grade = True
        gradebook.db.commit()


class SaveMarks(SaveAutoGrades):  # type: ignore[misc]
    """nbgrader's step that saves points, with none for a check that failed itself.

    Such a cell has no points and waits for a person. nbgrader's own step would make a zero or full
    points of it, or leave the whole submission ungraded.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Save the points of all cells; with a note on the answers of an unreadable notebook."""
        self._note = why_unreadable(nb)
        self._noted = resources[NOTED] = Noted(self._note or "")
        result: tuple[NotebookNode, dict[str, Any]] = super().preprocess(nb, resources)
        return result

    def _add_comment(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._add_comment(cell, resources)
        if self._note is not None:
            name = cell.metadata.nbgrader["grade_id"]
            place = (name, self.notebook_id, self.assignment_id, self.student_id)
            self.gradebook.find_comment(*place).auto_comment = self._note
            self.gradebook.db.commit()

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        name, why = cell.metadata.nbgrader["grade_id"], why_fault(cell) if is_check(cell) else ""
        if not why:
            super()._add_score(cell, resources)
            return
        self._noted.without_points[name] = why
        grade = self.gradebook.find_grade(
            name, self.notebook_id, self.assignment_id, self.student_id
        )
        grade.auto_score = None
        grade.needs_manual_grade = True
        self.gradebook.db.commit()
        self.log.warning(
            "The check %s of %s gave no verdict, so it has no points: grade it by hand.",
            name,
            self.student_id,
        )


class ExportMarks(CsvExportPlugin):  # type: ignore[misc]
    """nbgrader's CSV export, with an empty score where a submission has cells without a grade.

    nbgrader's own writes 0.0 there. Who handed in nothing gets 0.0 and an empty timestamp, as
    in nbgrader.
    """

    def export(self, gradebook: Any) -> None:
        """Write the file that `--to` names, or grades.csv; warn of each score that is missing."""
        target = self.to or "grades.csv"
        self.log.info("Exporting grades to %s", target)
        with Path(target).open("w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            rows.writeheader()
            for assignment in gradebook.assignments:
                for student in gradebook.students:
                    if _chosen(assignment.name, self.assignment) and _chosen(
                        student.id, self.student
                    ):
                        rows.writerow(self._row(gradebook, assignment, student))

    def _row(self, gradebook: Any, assignment: Any, student: Any) -> dict[str, object]:
        row: dict[str, object] = {
            "assignment": assignment.name,
            "duedate": assignment.duedate,
            "student_id": student.id,
            "last_name": student.last_name,
            "first_name": student.first_name,
            "email": student.email,
            "max_score": assignment.max_score,
        }
        try:
            submission = gradebook.find_submission(assignment.name, student.id)
        except MissingEntry:
            return row | {"raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0}
        row["timestamp"] = submission.timestamp
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        if any(grade.auto_score is None and grade.manual_score is None for grade in grades):
            self.log.warning(
                "%s of %s has no grade yet, so its score is left empty: look at it by hand.",
                assignment.name,
                student.id,
            )
            return row
        for note in _notes(submission):
            self.log.warning("%s of %s: %s", assignment.name, student.id, note)
        penalty = submission.late_submission_penalty
        return row | {
            "raw_score": submission.score,
            "late_submission_penalty": penalty,
            "score": max(0.0, submission.score - penalty),
        }


def _notes(submission: Any) -> list[str]:
    """What grading noted of the files that it could not read."""
    comments = [comment for notebook in submission.notebooks for comment in notebook.comments]
    notes = {comment.auto_comment for comment in comments if comment.auto_comment}
    return sorted(note for note in notes if note != NO_RESPONSE)


def _chosen(name: str, names: list[object]) -> bool:
    return not names or name in map(str, names)
