"""All that a class keeps of one learner, deleted; may be done again where it was interrupted.

The gradebook and the lists come last, so that who is half forgotten is still known.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import MissingEntry  # type: ignore[import-untyped]
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from course_lib.classroom.course_folder import CourseFolder
from course_lib.classroom.csv_lines import drop_lines
from course_lib.classroom.grading_run import leave_out
from course_lib.classroom.start import EARLIER
from course_lib.classroom.traces import Traces
from course_lib.grading.kept_gradebook import KeptGradebook
from course_lib.grading.lock import OWN_FOLDER, locked
from course_lib.migrations import Problem

_AGAIN = "mend that, then run this again"


def is_graded_now(folder: Path, student: str) -> bool:
    """Whether somebody grades in this class, or has work of this learner at hand."""
    own = folder / OWN_FOLDER
    at_work = [*own.glob("unfinished/*.lock"), *own.glob("runs/*.json")]
    mine = [path / student for path in own.glob("locks/*")]
    return any(_is_held(path) for path in (*at_work, *mine) if path.is_file())


def forget(course: CourseFolder, traces: Traces) -> list[Problem]:
    """Delete it; gives what could not be deleted. Ask `is_graded_now` before."""
    left = [
        problem
        for path in (*traces.own, *traces.made, *traces.damaged)
        for problem in _remove(path)
    ]
    leave_out(course.folder, traces.learner.id)
    failed = _leave_gradebook(course, traces.learner.id)
    if failed is not None:
        return [*left, failed]
    for path, column, _ in traces.lists:
        drop_lines(path, column, traces.learner.id)
    _remove_empty(course.folder)
    return left


def _leave_gradebook(course: CourseFolder, student: str) -> Problem | None:
    """All rows in one transaction. Then what was deleted or changed at any time before is removed
    from the database's pages too; nobody else's rows change."""
    gradebook = KeptGradebook(course.database, course.course_id)
    try:
        with gradebook, contextlib.suppress(MissingEntry):
            gradebook.remove_student(student)
        alone = gradebook.engine.execution_options(isolation_level="AUTOCOMMIT")
        with alone.connect() as connection:
            connection.execute(text("VACUUM"))
    except SQLAlchemyError as error:
        what = f"the gradebook did not do it: {str(error).splitlines()[0]}"
        return Problem("gradebook", "", what, "close what has it open, then run this again")
    finally:
        gradebook.leave()
    return None


def _remove(path: Path) -> Iterator[Problem]:
    """Delete a file or a folder with all in it, whatever its permissions; follows no link."""
    try:
        if path.is_dir() and not path.is_symlink():
            _open_up(path)
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except FileNotFoundError:
        return
    except OSError as error:
        where, said = error.filename or path, error.strerror or str(error)
        yield Problem("file", str(where), f"it cannot be deleted: {said}", _AGAIN)


def _open_up(folder: Path) -> None:
    """Let this account delete what is in its own folders."""
    with contextlib.suppress(OSError):
        folder.chmod(folder.stat().st_mode | 0o700)
    for inner in os.scandir(folder):
        if inner.is_dir(follow_symlinks=False):
            _open_up(Path(inner.path))


def _remove_empty(folder: Path) -> None:
    """Folders that hold nothing any more."""
    for pattern in (f"{EARLIER}/*/submitted", f"{EARLIER}/*", EARLIER, "insight"):
        for path in folder.glob(pattern):
            with contextlib.suppress(OSError):
                path.rmdir()


def _is_held(path: Path) -> bool:
    try:
        with locked(path, wait=False):
            return False
    except BlockingIOError:
        return True
