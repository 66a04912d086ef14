"""What a process that grades keeps from one submission to the next: configuration, gradebook, and
a folder for work that is not finished."""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import shutil
import tempfile
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]

from course_lib.classroom.course_folder import CONFIGURATION, CourseFolder, open_course
from course_lib.classroom.worker_pool import LOG
from course_lib.grading.kept_gradebook import KeptGradebook
from course_lib.grading.lock import OWN_FOLDER, locked

_UNFINISHED = "unfinished"


@dataclass(frozen=True)
class GradingDesk:
    """`places` are nbgrader's folders of the course, and `own` the same with graded work put into a
    folder that belongs to this process; `config` goes with `own`."""

    course: CourseFolder
    gradebook: KeptGradebook
    places: CourseDirectory
    own: CourseDirectory
    config: Any
    log: logging.Logger

    def submitted(self, lesson: str, student: str) -> Path:
        """A submission's folder."""
        return _path(self.places, self.places.submitted_directory, lesson, student)

    def graded(self, lesson: str, student: str) -> Path:
        """Where nbgrader and all who read look for graded work."""
        return _path(self.places, self.places.autograded_directory, lesson, student)

    def unfinished(self, lesson: str, student: str) -> Path:
        """Where this process grades."""
        return _path(self.own, self.own.autograded_directory, lesson, student)


def open_desk(folder: Path) -> GradingDesk:
    """The desk of this process for a course folder; opened anew where its configuration changed.

    Raises ConfigurationError.
    """
    folder = folder.resolve()
    desk = _open_desk(folder, (folder / CONFIGURATION).stat().st_mtime_ns)
    # Another course may have been opened meanwhile.
    os.environ["UPDOWN_COURSE"] = str(folder)
    return desk


def sweep(folder: Path) -> None:
    """Remove unfinished work of processes that are gone."""
    for lock in (folder / OWN_FOLDER / _UNFINISHED).glob("*.lock"):
        with contextlib.suppress(BlockingIOError, FileNotFoundError), locked(lock, wait=False):
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            lock.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def _open_desk(folder: Path, _configured: int) -> GradingDesk:
    course = open_course(folder)
    own = _own_folder(folder)
    config = deepcopy(course.config)
    config.CourseDirectory.autograded_directory = str(own.relative_to(folder))
    return GradingDesk(
        course,
        KeptGradebook(course.database, course.course_id),
        CourseDirectory(config=course.config),
        CourseDirectory(config=config),
        config,
        _make_log(folder / OWN_FOLDER / LOG),
    )


def _own_folder(course: Path) -> Path:
    """A new folder for this process alone: what an earlier one left running writes elsewhere."""
    place = course / OWN_FOLDER / _UNFINISHED
    place.mkdir(parents=True, exist_ok=True)
    own = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=place))
    held = contextlib.ExitStack()
    held.enter_context(locked(own.with_name(f"{own.name}.lock")))
    process = os.getpid()

    def tidy() -> None:
        if os.getpid() == process:
            shutil.rmtree(own, ignore_errors=True)
            own.with_name(f"{own.name}.lock").unlink(missing_ok=True)
            held.close()

    atexit.register(tidy)
    return own


def _make_log(path: Path) -> logging.Logger:
    log = logging.getLogger("course_lib.grading")
    log.propagate = False
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()
    file = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace", delay=True)
    file.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    # nbgrader warns of its own work: the hidden part of a check is put back into each submission.
    file.addFilter(lambda record: not str(record.msg).startswith("Attribute "))
    log.addHandler(file)
    log.setLevel(logging.WARNING)
    return log


def _path(places: CourseDirectory, step: str, lesson: str, student: str) -> Path:
    return Path(places.format_path(step, student, lesson))
