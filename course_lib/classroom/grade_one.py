"""One submission graded, whole, in whatever process this is called.

The steps are nbgrader's own autograde under the course's configuration. A process that calls this
many times imports nbgrader once and keeps one gradebook open.
"""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import time
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nbgrader.api import InvalidEntry, MissingEntry  # type: ignore[import-untyped]

from course_lib.classroom.graded import Graded, Outcome
from course_lib.classroom.grading_desk import GradingDesk, open_desk
from course_lib.classroom.marks_kept import Marks, read_marks
from course_lib.classroom.stamp import Stamp, hash_inputs, read_stamp, write_stamp
from course_lib.grading.autograde import AutogradeClass
from course_lib.grading.configuration import STAMP
from course_lib.grading.kept_gradebook import used_by_nbgrader
from course_lib.grading.lock import submission_lock
from course_lib.grading.marks import Noted, forget_marks
from course_lib.grading.submission import reason_in

_BY_PERSON = "a person gives its points"
_ANEW = "it has a mark by hand, which counts, and its automatic one was made anew"


class NotGradable(Exception):
    """Why a submission cannot be graded; the text is for the instructor."""


def grade_one(
    course: Path, lesson: str, student: str, *, run: str = "", anew: bool = False
) -> Graded:
    """Grade a submission, or leave it as it is where nothing changed that its marks depend on.

    `run` is the name of the run that asks: what a run of this name has graded counts as `graded`.
    With `anew` a submission is graded unless a run of the same name has graded it already. Waits
    while another process grades it. Raises ConfigurationError where the course folder's
    configuration cannot be read; whatever else goes wrong is a `failed` one.
    """
    began = time.monotonic()
    with submission_lock(course.resolve(), lesson, student):
        desk = open_desk(course)
        with used_by_nbgrader(desk.gradebook, desk.places.db_url):
            try:
                graded = _grade(desk, lesson, student, run, anew)
            except Exception as error:  # noqa: BLE001  one submission never stops the others
                desk.log.error("%s of %s: %s", lesson, student, traceback.format_exc())
                graded = _give_up(desk, lesson, student, f"{error or type(error).__name__}")
    return replace(graded, seconds=time.monotonic() - began)


def give_up(course: Path, lesson: str, student: str, why: str) -> Graded:
    """Leave a submission to a person: no automatic marks, those by hand stay."""
    with submission_lock(course.resolve(), lesson, student):
        desk = open_desk(course)
        with used_by_nbgrader(desk.gradebook, desk.places.db_url):
            return _give_up(desk, lesson, student, why)


def _grade(desk: GradingDesk, lesson: str, student: str, run: str, anew: bool) -> Graded:
    submitted, graded = desk.submitted(lesson, student), desk.graded(lesson, student)
    if not os.path.lexists(submitted):
        raise NotGradable("nothing was handed in")
    notebooks, marks = _look_up(desk, lesson, student)
    inputs = hash_inputs(desk.course.folder, submitted, lesson, notebooks)
    stamp = read_stamp(graded)
    if stamp is not None and marks is not None and stamp.holds(inputs, marks):
        is_there = all((graded / f"{name}.ipynb").is_file() for name in notebooks)
        # A worker that died may have written its marks before it told of them.
        by_this_run = bool(run) and stamp.run == run
        if is_there and (by_this_run or not anew):
            outcome: Outcome = "graded" if by_this_run else "unchanged"
            return _told(lesson, student, outcome, marks, stamp)
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        (graded / STAMP).unlink()
    _enter(desk, student)
    noted = _autograde(desk, lesson, student)
    _, marks = _look_up(desk, lesson, student)
    if marks is None:
        raise NotGradable("the gradebook has no entry for it")
    why = {name: why for one in noted for name, why in one.without_points.items()}
    unreadable = " ".join(reason_in(one.unreadable) for one in noted if one.unreadable)
    stamp = Stamp(inputs, run, marks.automatic, str(marks.due), unreadable, why)
    write_stamp(desk.unfinished(lesson, student), stamp)
    _put_in_place(desk.unfinished(lesson, student), graded)
    return _told(lesson, student, "graded", marks, stamp)


def _look_up(desk: GradingDesk, lesson: str, student: str) -> tuple[Sequence[str], Marks | None]:
    """The lesson's notebooks, and the marks of the submission."""
    with desk.gradebook as gradebook:
        try:
            assignment = gradebook.find_assignment(lesson)
        except MissingEntry:
            raise NotGradable("the lesson was not generated") from None
        notebooks = sorted(notebook.name for notebook in assignment.notebooks)
        return notebooks, read_marks(gradebook, lesson, student)


def _enter(desk: GradingDesk, student: str) -> None:
    """Have the learner in the gradebook; another process may be entering them at this moment."""
    try:
        with desk.gradebook as gradebook:
            gradebook.update_or_create_student(student)
    except InvalidEntry:
        with desk.gradebook as gradebook:
            gradebook.find_student(student)


def _autograde(desk: GradingDesk, lesson: str, student: str) -> Sequence[Noted]:
    """nbgrader's steps, into this process's own folder."""
    shutil.rmtree(desk.unfinished(lesson, student), ignore_errors=True)
    desk.own.assignment_id, desk.own.student_id = lesson, glob.escape(student)
    steps = AutogradeClass(coursedir=desk.own, config=desk.config, log=desk.log)
    steps.start()
    if not steps.noted:
        raise NotGradable("nbgrader's configuration leaves it out")
    return steps.noted


def _put_in_place(unfinished: Path, graded: Path) -> None:
    """The graded folder as a whole in the place of the earlier one."""
    earlier = unfinished.with_name(f"{unfinished.name}-earlier")
    _remove(earlier)
    graded.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(graded):
        graded.rename(earlier)
    unfinished.rename(graded)
    _remove(earlier)


def _give_up(desk: GradingDesk, lesson: str, student: str, why: str) -> Graded:
    submitted, graded = desk.submitted(lesson, student), desk.graded(lesson, student)
    try:
        notebooks, _ = _look_up(desk, lesson, student)
        if os.path.lexists(submitted):
            _enter(desk, student)
            with desk.gradebook as gradebook:
                gradebook.update_or_create_submission(lesson, student)
            files = [str(submitted / f"{name}.ipynb") for name in notebooks]
            forget_marks(desk.places.db_url, lesson, files)
            _remove(graded)
    except Exception:  # noqa: BLE001  the reason why it failed is what counts
        desk.log.error("%s of %s: %s", lesson, student, traceback.format_exc())
    return Graded(lesson, student, "failed", why=" ".join(why.split()))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _told(lesson: str, student: str, outcome: Outcome, marks: Marks, stamp: Stamp) -> Graded:
    def why(cell: str) -> str:
        return stamp.why.get(cell) or (_ANEW if cell in marks.by_hand else _BY_PERSON)

    waiting = tuple((cell, why(cell)) for cell in marks.to_do)
    return Graded(lesson, student, outcome, marks.points, stamp.unreadable, waiting)
