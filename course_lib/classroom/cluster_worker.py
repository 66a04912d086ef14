"""What a worker of a Dask cluster does for `updown class grade`: show what it has, and grade.

A cluster's workers have their own machine, so what is the same here and there is looked at.
"""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import course_lib
from course_lib.classroom.graded import Graded, Submission


@dataclass(frozen=True)
class Sight:
    """What a process sees: its machine's name, the versions of what grades, by name, and whether it
    can read the file that it was asked for. All plain: it is sent between machines."""

    machine: str
    versions: tuple[tuple[str, str], ...]
    sees_course: bool


def look(file: Path, content: str) -> Sight:
    """Look around in this process; `content` is what the file holds where the course is."""
    try:
        sees = file.read_text(encoding="utf-8") == content
    except (OSError, UnicodeDecodeError):
        sees = False
    return Sight(platform.node(), versions(), sees)


def grade_at_worker(
    course: Path,
    submission: Submission,
    run: str,
    anew: bool,
    expected: tuple[tuple[str, str], ...],
) -> Graded:
    """`grade_one` in this process, if it has the `expected` versions.

    A worker that joins later was not looked at before. One that has others leaves all as it is.
    """
    if versions() != expected:
        other = name_differences(expected, versions())
        why = f"the worker on {platform.node()} has {other}"
        return Graded(submission.lesson, submission.student, "failed", why=why)
    from course_lib.classroom.grade_one import grade_one

    return grade_one(course, submission.lesson, submission.student, run=run, anew=anew)


@cache
def versions() -> tuple[tuple[str, str], ...]:
    """The versions that marks depend on, of the library a hash of its files."""
    own = sha256()
    root = Path(course_lib.__file__).parent
    for path in sorted(root.rglob("*.py")):
        own.update(path.relative_to(root).as_posix().encode())
        own.update(path.read_bytes())
    return (
        ("Python", ".".join(map(str, sys.version_info[:2]))),
        ("DuckDB", version("duckdb")),
        ("nbgrader", version("nbgrader")),
        ("course_lib", own.hexdigest()[:12]),
    )


def name_differences(here: tuple[tuple[str, str], ...], there: tuple[tuple[str, str], ...]) -> str:
    """What is not the same there, in words; empty where all is."""
    wanted = dict(here)
    return " and ".join(
        f"{name} {value}, not {wanted.get(name)}"
        for name, value in there
        if wanted.get(name) != value
    )
