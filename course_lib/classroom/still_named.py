"""Files of a class's folder that no command made and that name a learner: only a person can say
what they are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]

from course_lib.classroom.course_folder import CourseFolder
from course_lib.classroom.gradebook_url import gradebook_file
from course_lib.classroom.roster import Learner

_OURS = ("specs", "instructor", ".git")
"""Folders without a word about learners."""

_CHUNK = 1 << 20


def find_named(course: CourseFolder, learner: Learner) -> list[Path]:
    """The files that hold the learner's id, address or full name, as text in UTF-8.

    Not looked at are the work of others, the lessons, the gradebook, and what cannot be read.
    """
    pattern = _pattern(learner)
    return [path for path in _others(course) if _holds(path, pattern)]


def _others(course: CourseFolder) -> Iterator[Path]:
    places = CourseDirectory(config=course.config)
    passed = {
        course.folder / one
        for one in (
            *(places.source_directory, places.release_directory, places.submitted_directory),
            *(places.autograded_directory, places.feedback_directory, *_OURS),
        )
    }
    passed.add(course.exchange.resolve())
    gradebook = gradebook_file(course.database)
    for folder, inner, names in os.walk(course.folder):
        here = Path(folder)
        inner[:] = [name for name in sorted(inner) if not _is_passed(here / name, passed)]
        yield from (here / name for name in sorted(names) if here / name != gradebook)


def _is_passed(path: Path, passed: set[Path]) -> bool:
    # What newer work took the place of lies in `earlier/`, below the name of its own learner.
    return path in passed or (path.name == "submitted" and path.parent.parent.name == "earlier")


def _pattern(learner: Learner) -> re.Pattern[bytes]:
    first, last = re.escape(learner.first_name), re.escape(learner.last_name)
    words = [re.escape(learner.id), re.escape(learner.email)]
    if first and last:
        words += [rf"{first}\s+{last}", rf"{last},?\s*{first}"]
    text = "|".join(word for word in words if word)
    return re.compile(rf"(?<![\w@.-])(?:{text})(?![\w@-])".encode(), re.I)


def _holds(path: Path, pattern: re.Pattern[bytes]) -> bool:
    """Whether it is in the file; read in pieces that overlap by more than the longest name."""
    try:
        if path.is_symlink() or not path.is_file():
            return False
        with path.open("rb") as file:
            before = b""
            while piece := file.read(_CHUNK):
                if pattern.search(before + piece):
                    return True
                before = piece[-1024:]
    except OSError:
        return False
    return False
