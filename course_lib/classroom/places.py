"""The files of a class: its configuration, secret, exchange, and the room on the disk."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]

from course_lib.authoring.write import SECRET
from course_lib.classroom.course_folder import CourseFolder
from course_lib.classroom.finding import Finding, note, stops
from course_lib.classroom.gradebook_url import gradebook_file
from course_lib.grading.class_file import NONE, ClassFileError
from course_lib.grading.configuration import COURSE_ID
from course_lib.grading.exchange import chosen_exchange
from course_lib.grading.submission_exporter import SubmissionExporter
from course_lib.grading.worker_process import LIMITS

LEAST_FREE = 2 * LIMITS.file
"""Bytes: a worker may write one such file, and DuckDB a second while it saves it."""


def look_at_configuration(course: CourseFolder) -> Iterator[Finding]:
    """Whether the configuration is this course's, for this folder."""
    place = course.folder / "nbgrader_config.py"
    if course.config.Autograde.get("exporter_class") is not SubmissionExporter:
        what = "it does not configure this course, so grading would run learners' code"
        step = "move it away, run `updown class new` again, and put your own lines below its end"
        yield stops("configuration", place, what, step)
        return
    root = Path(course.config.CourseDirectory.root).resolve()
    if root != course.folder:
        what = f"it names another folder, {root}"
        yield stops("configuration", place, what, "leave CourseDirectory.root to `configure`")
    if course.course_id != COURSE_ID:
        what = f"the course is called {course.course_id!r} there"
        step = f"tell learners that name for --course in the place of {COURSE_ID}"
        yield note("configuration", place, what, step)
    if not any(course.folder.glob("source/*/*.ipynb")):
        what = "there is no lesson in it"
        step = f"run `updown class new {course.folder}` in the checkout"
        yield stops("lessons", course.folder / "source", what, step)


def look_at_secret(course: CourseFolder) -> Iterator[Finding]:
    """Whether there is a secret for the hidden worlds, and who can read it."""
    path = course.folder / SECRET
    again = f"bring it back from a backup, or run `updown class new {course.folder}` for a new one"
    try:
        text = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        yield stops("secret", path, "it is missing, and hidden worlds are made from it", again)
        return
    except (OSError, UnicodeDecodeError):
        yield stops("secret", path, "it cannot be read", f"mend that, or delete it and {again}")
        return
    if len(text) < 32:
        yield stops("secret", path, "it is too short to be a secret", f"delete it and {again}")
    shared = is_group_shared(course)
    others = stat.S_IRWXO if shared else stat.S_IRWXG | stat.S_IRWXO
    if path.stat().st_mode & others:
        what = "other accounts can read it, and so know the hidden worlds"
        yield stops("secret", path, what, f"run `chmod {'640' if shared else '600'} {path}`")


def is_group_shared(course: CourseFolder) -> bool:
    """Whether nbgrader is told that several accounts of one group have this class."""
    return bool(CourseDirectory(config=course.config).groupshared)


def look_at_group(course: CourseFolder) -> Iterator[Finding]:
    """Whether the group can do what `CourseDirectory.groupshared` promises; nothing without it."""
    if not is_group_shared(course):
        return
    for path, wanted, letters in (
        (course.folder, stat.S_ISGID | stat.S_IRWXG, "g+rwxs"),
        (course.folder / SECRET, stat.S_IRGRP, "g+r"),
        (gradebook_file(course.database) or course.folder, stat.S_IRGRP | stat.S_IWGRP, "g+rw"),
        (course.exchange / course.course_id / "inbound", stat.S_IRWXG, "g+rwx"),
    ):
        if path.exists() and path.stat().st_mode & wanted != wanted:
            what = "CourseDirectory.groupshared is on, and the group cannot use it"
            yield note("group", path, what, f"run `chmod {letters} {path}`")


def look_at_exchange(course: CourseFolder) -> Iterator[Finding]:
    """Whether this account and others can use nbgrader's exchange; nothing where there is none."""
    root = course.exchange
    try:
        if chosen_exchange(course.folder) == NONE and not root.exists():
            return
    except ClassFileError:
        return  # the configuration said so
    if not root.is_dir():
        what = "there is no such folder, so nothing is handed out or collected through it"
        step = f"run `updown class new {course.folder}` with --exchange PATH or --no-exchange"
        yield stops("exchange", root, what, step)
        return
    if not os.access(root, os.R_OK | os.W_OK | os.X_OK):
        what = "this account cannot read and write there"
        yield stops("exchange", root, what, "ask its owner for it, or name another with --exchange")
    if root.stat().st_mode & stat.S_IRWXO != stat.S_IRWXO:
        what = "other accounts cannot write there, so only this one can hand in"
        yield note("exchange", root, what, f"run `chmod 777 {root}`")
    shut = [one for one in root.resolve().parents if not one.stat().st_mode & stat.S_IXOTH]
    if shut:
        what = f"other accounts do not get there through {shut[-1]}"
        step = f"run `chmod o+x {shut[-1]}`, or choose another place with --exchange"
        yield note("exchange", root, what, step)
    if root.resolve().is_relative_to(course.folder) and (
        course.folder.stat().st_mode & stat.S_IROTH
    ):
        what = "other accounts can read the class's folder, with work and marks"
        step = "if there are such, choose an exchange elsewhere with --exchange, then run"
        mode = "o=" if is_group_shared(course) else "700"
        yield note("folder", course.folder, what, f"{step} `chmod {mode} {course.folder}`")


def look_at_disk(course: CourseFolder) -> Iterator[Finding]:
    """Whether there is room to grade in."""
    for place in (course.folder, Path(tempfile.gettempdir())):
        free = shutil.disk_usage(place).free
        if free < LEAST_FREE:
            what = f"{free / 2**20:,.0f} MB are free, and grading may need {LEAST_FREE >> 20:,}"
            yield stops("disk", place, what, "make room")
        if not os.access(place, os.W_OK | os.X_OK):
            yield stops("disk", place, "this account cannot write there", "allow it")
