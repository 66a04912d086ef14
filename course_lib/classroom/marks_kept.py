"""What the gradebook holds of one submission, read in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nbgrader.api import (  # type: ignore[import-untyped]
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)


@dataclass(frozen=True)
class Marks:
    """The marks of a submission: `automatic` by cell, None where a program gave none.

    `to_do` are the cells that wait for a person, `by_hand` those that have a person's mark, and
    `due` is until when the learner hands in (UTC without a zone, with an extension; None for any
    time). `points` are those after the late penalty, None where a cell has none yet, and `penalty`
    is what it took.
    """

    automatic: dict[str, float | None]
    to_do: tuple[str, ...]
    by_hand: tuple[str, ...]
    due: datetime | None
    points: float | None
    penalty: float = 0.0


def read_marks(gradebook: Gradebook, lesson: str, student: str) -> Marks | None:
    """The marks; None where the gradebook knows of no submission."""
    found = (
        gradebook.db.query(
            SubmittedNotebook.id,
            BaseCell.name,
            Grade.auto_score,
            Grade.manual_score,
            Grade.score,
            Grade.needs_manual_grade,
            SubmittedNotebook.late_submission_penalty,
            Assignment.duedate,
            SubmittedAssignment.extension,
        )
        .select_from(SubmittedAssignment)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .outerjoin(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .outerjoin(BaseCell, BaseCell.id == Grade.cell_id)
        .filter(Assignment.name == lesson, SubmittedAssignment.student_id == student)
        .order_by(BaseCell.name)
        .all()
    )
    if not found:
        return None
    grades = [row for row in found if row.name is not None]
    first = found[0]
    due = first.duedate
    if due is not None and first.extension is not None:
        due += first.extension
    penalty = sum({row.id: row.late_submission_penalty or 0.0 for row in found}.values())
    whole = sum(row.score for row in grades)
    known = all(row.auto_score is not None or row.manual_score is not None for row in grades)
    return Marks(
        automatic={row.name: row.auto_score for row in grades},
        to_do=tuple(row.name for row in grades if row.needs_manual_grade),
        by_hand=tuple(row.name for row in grades if row.manual_score is not None),
        due=due,
        points=max(0.0, whole - penalty) if known else None,
        penalty=min(whole, penalty),
    )
