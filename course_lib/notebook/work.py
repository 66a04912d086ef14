"""Which files are a learner's work: in each lesson the notebooks, answers and migrations.

Databases, kept copies (`earlier/`) and the course's own files are not: a database is made again by
running the notebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from .errors import LessonError

START_PAGE = "00-start.ipynb"
FOLDERS = ("answers", "migrations")
MAX_FILE = 64 * 2**20
MAX_FILES = 5_000
MAX_TOTAL = 256 * 2**20
"""Bytes: far more than the course can fill, and little enough to unpack anywhere."""

_LESSON = re.compile(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*")
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f<>:"/\\|?*]|^\.|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE
)


def find_course(folder: Path | None = None) -> Path:
    """The folder that holds the lessons: `folder`, or the nearest `notebooks/` from here upwards.

    It is known by its start page. Raises LessonError.
    """
    here = (folder or Path.cwd()).resolve()
    above = (here,) if folder else (here, *here.parents)
    for candidate in (place for base in above for place in (base, base / "notebooks")):
        if (candidate / START_PAGE).is_file():
            return candidate
    raise LessonError(
        f"{here} is not in the course: there is no notebooks/{START_PAGE} in it or above it, so "
        "nothing was done. Go to the folder of the course, then try again."
    )


def find_work(course: Path) -> Iterator[tuple[str, Path]]:
    """Every file of the learner's work, as (name in the course, path), in order of the names.

    Links are passed over, since what they lead to may lie outside the course, and so are hidden
    files. Raises LessonError for a name that could not be stored on every system.
    """
    for lesson in sorted(course.iterdir()):
        if not _LESSON.fullmatch(lesson.name) or lesson.is_symlink() or not lesson.is_dir():
            continue
        places = [lesson.glob("*.ipynb")]
        for folder in (lesson / name for name in FOLDERS if _is_real(lesson / name)):
            places.append(folder.glob("*"))
            places += [inner.glob("*.sql") for inner in folder.iterdir() if _is_real(inner)]
        for path in sorted(path for place in places for path in place):
            name = path.relative_to(course).as_posix()
            if path.name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            if not is_work(name):
                raise LessonError(
                    f"{name!r} is a name that not every system can store, so nothing was packed. "
                    "Rename that file with letters, digits, - and _, then pack again."
                )
            yield name, path


def is_work(name: str) -> bool:
    """Whether a name, with `/` between its parts, is one that a learner's work can have.

    It is the names that are judged, for any system: nothing hidden, nothing that could lead out
    of the lesson, nothing that Windows cannot store.
    """
    parts = PurePosixPath(name).parts
    if "/".join(parts) != name or any(_UNSAFE.search(part) or len(part) > 200 for part in parts):
        return False
    if not parts or not _LESSON.fullmatch(parts[0]):
        return False
    if len(parts) == 2:
        return parts[1].endswith(".ipynb")
    # A migration may be a folder of its own.
    in_folder = len(parts) == 4 and parts[1] == "migrations" and parts[3].endswith(".sql")
    return in_folder or (len(parts) == 3 and parts[1] in FOLDERS)


def _is_real(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink()
