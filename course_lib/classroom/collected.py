"""What a collect did, and what is not as it should be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from course_lib.classroom.roster import Learner


@dataclass
class Collected:
    """What was done. Ids of learners, and names of files as they came.

    `renamed` and `left_out` pair a name with what it was taken for, or with the reason.
    """

    taken: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    no_record: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    kept: Path | None = None


def tell_what_lacks(
    course: Path, lesson: str, learners: Iterable[Learner], told: Collected
) -> None:
    """Tell who has handed in nothing, and who handed in no record of answers."""
    for learner in learners:
        folder = course / "submitted" / learner.id / lesson
        if not folder.is_dir():
            told.missing.append(learner.id)
        elif not any(folder.glob("answers/*.jsonl")):
            told.no_record.append(learner.id)
