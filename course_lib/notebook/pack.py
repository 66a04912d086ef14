"""Pack a learner's work into one zip file, to hand in or to bring back to another machine."""

from __future__ import annotations

import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from .errors import LessonError
from .work import MAX_FILE, MAX_FILES, MAX_TOTAL, find_course, find_work


def pack(folder: Path | None = None, target: Path | None = None) -> Path:
    """Write `my-work-<UTC time>.zip` beside the lessons, or `target`, and give its path.

    It holds every lesson's notebooks, answers and migrations as they are saved on disk, and no
    database. `folder` is the course's `notebooks/`; without it the course is looked for from the
    current folder upwards. Raises LessonError with a sentence, and then leaves no file.
    """
    course = find_course(folder)
    work = list(find_work(course))
    _refuse_what_could_not_be_brought_back(course, work)
    target = target or _new_name(course)
    if os.path.lexists(target):
        raise LessonError(
            f"{target} is there already, so nothing was packed. Name a file that is not there yet."
        )
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with zipfile.ZipFile(
            unfinished, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False
        ) as zip_:
            for name, path in work:
                zip_.write(path, name)
        unfinished.replace(target)
    except OSError as error:
        raise LessonError(
            f"{target.name} could not be written: {error.strerror or error}. Nothing was packed; "
            "make room or allow writing there, then pack again."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def _refuse_what_could_not_be_brought_back(course: Path, work: list[tuple[str, Path]]) -> None:
    if not work:
        raise LessonError(f"{course} holds no lesson, so there is no work to pack.")
    sizes = {name: path.stat().st_size for name, path in work}
    for name, size in sizes.items():
        if size > MAX_FILE:
            raise LessonError(
                f"{name} is {size // 2**20} MB and a packed file may be {MAX_FILE // 2**20} MB, so "
                "nothing was packed. Clear the outputs of that notebook, save it, then pack again."
            )
    if len(sizes) > MAX_FILES or sum(sizes.values()) > MAX_TOTAL:
        raise LessonError(
            f"The work is {len(sizes)} files of {sum(sizes.values()) // 2**20} MB; at most "
            f"{MAX_FILES} files of {MAX_TOTAL // 2**20} MB fit in one zip, so nothing was packed. "
            "Delete files that are not part of the course from answers/ and migrations/."
        )


def _new_name(course: Path) -> Path:
    stem = f"my-work-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    number = 1
    while os.path.lexists(target := course / f"{stem}{f'-{number}' if number > 1 else ''}.zip"):
        number += 1
    return target
