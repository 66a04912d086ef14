"""What came in from an LMS, put where nbgrader looks for it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from course_lib.classroom.collected import Collected, tell_what_lacks
from course_lib.classroom.desk import Desk
from course_lib.classroom.roster import Learner


def collect_files(
    course: Path,
    lesson: str,
    learners: Sequence[Learner],
    places: Iterable[Path],
    owner: Learner | None = None,
) -> Collected:
    """Take the lesson's work from folders, LMS exports, notebooks and learners' own zips.

    Whose a file is, its name says; with an `owner`, who is one of the learners, all is theirs.
    What a learner handed in before and that differs is kept in `earlier/` of the course folder.
    Every file is judged before the first is put in place.
    """
    told = Collected()
    with tempfile.TemporaryDirectory(prefix=".collect-", dir=course) as space:
        desk = Desk(Path(space), lesson, tuple(learners), told, owner)
        for place in places:
            desk.take_all(place)
        for learner in learners:
            _put_in_place(course, desk.folder_of(learner), learner.id, lesson, told)
    tell_what_lacks(course, lesson, learners, told)
    return told


def _put_in_place(course: Path, came: Path, student: str, lesson: str, told: Collected) -> None:
    if not came.is_dir():
        return
    if not (came / f"{lesson}.ipynb").is_file():
        told.left_out.append((student, f"they handed in no {lesson}.ipynb"))
        return
    target = course / "submitted" / student / lesson
    if target.is_symlink() or target.is_dir():
        if not target.is_symlink() and _content(target) == _content(came):
            told.same.append(student)
            return
        told.kept = told.kept or course / "earlier" / f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
        kept = told.kept / "submitted" / student / lesson
        kept.parent.mkdir(parents=True, exist_ok=True)
        target.rename(kept)
    target.parent.mkdir(parents=True, exist_ok=True)
    came.rename(target)
    told.taken.append(student)


def _content(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
