"""Bring packed work back into the course, however the zip was made: nothing in it is trusted."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from .errors import LessonError
from .work import MAX_FILE, MAX_FILES, MAX_TOTAL, find_course, is_work

NO_SUCH_LESSON = "this course has no such lesson"
"""The reason for which work on another lesson is refused."""


@dataclass(frozen=True)
class Unpacked:
    """What came back. Names are those in the zip; `refused` pairs each name with the reason.

    `taken`: written; `same`: already there with that content; `kept`: the copies of what was there
    before, as paths in the course.
    """

    taken: tuple[str, ...]
    same: tuple[str, ...]
    kept: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        first = f"{len(self.taken)} files brought back, {len(self.same)} were there already."
        return "\n".join([first, *self.told_besides()])

    def told_besides(self) -> Iterator[str]:
        """A line for what was kept, and one for each that was refused."""
        if self.kept:
            yield f"What they took the place of was kept in {', '.join(self.kept)}."
        for name, reason in self.refused:
            yield f"{name!r} was left out: {reason}."


def unpack(zip_path: Path, folder: Path | None = None) -> Unpacked:
    """Bring the work in `zip_path` back into the course at `folder` (see `pack`).

    Only names that `pack` writes are taken, for lessons that this course has; every other entry
    is refused with a reason. All are read before the first is put in place, and a file that is
    there with other content is moved to the lesson's `earlier/<UTC time>/`. Raises LessonError.
    """
    return unpack_into(zip_path, find_course(folder))


def unpack_into(zip_path: Path, course: Path) -> Unpacked:
    """The same for a folder that holds a folder for each lesson, whatever else it is."""
    try:
        with (
            zipfile.ZipFile(zip_path) as zip_,
            tempfile.TemporaryDirectory(prefix=".unpack-", dir=course) as space,
        ):
            chosen, refused = _choose(zip_, course)
            read: list[str] = []
            budget = MAX_TOTAL
            for name, entry in chosen:
                fault, used = _read(zip_, entry, Path(space) / name, min(MAX_FILE, budget))
                budget -= used
                if fault:
                    refused.append((name, fault))
                else:
                    read.append(name)
            return _put_in_place(course, Path(space), read, refused)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise LessonError(
            f"{zip_path} is not a zip file that can be read, so nothing was brought back. "
            "Choose the my-work-....zip that pack wrote."
        ) from None
    except OSError as error:
        raise LessonError(
            f"{zip_path} could not be brought back: {error.strerror or error}. "
            "Mend that, then unpack it again; files brought back before it are in place."
        ) from error


def _choose(
    zip_: zipfile.ZipFile, course: Path
) -> tuple[list[tuple[str, zipfile.ZipInfo]], list[tuple[str, str]]]:
    """Judge every entry by what the zip says of it, before a byte of it is unpacked."""
    chosen: dict[str, tuple[str, zipfile.ZipInfo]] = {}
    refused: list[tuple[str, str]] = []
    for entry in zip_.infolist():
        # The name as it was written, since zipfile cuts it at a null byte.
        name = entry.orig_filename
        if name.endswith("/"):
            continue  # a folder: those that are needed are made
        reason = _reason_to_refuse(name, entry, course)
        if reason is None and name.casefold() in chosen:
            reason = "the zip holds that name twice"
        if reason is None and len(chosen) == MAX_FILES:
            reason = f"the zip holds more than {MAX_FILES} files"
        if reason is None:
            chosen[name.casefold()] = (name, entry)
        else:
            refused.append((name, reason))
    return list(chosen.values()), refused


def _reason_to_refuse(name: str, entry: zipfile.ZipInfo, course: Path) -> str | None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if not is_work(name):
        return "it is not a lesson's notebook, answer or migration"
    if kind not in (0, stat.S_IFREG):
        return "it is a link or a special file"
    if entry.flag_bits & 0x1:
        return "it is encrypted"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "it is packed in a way that is not known here"
    if entry.file_size > MAX_FILE:
        return f"it is larger than {MAX_FILE // 2**20} MB"
    lesson, *between, _ = name.split("/")
    if not (course / lesson).is_dir():
        return NO_SUCH_LESSON
    own = course / lesson
    inner = [own.joinpath(*between[: depth + 1]) for depth in range(len(between))]
    for place in (own, *inner, own / "earlier"):
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            return f"{place.relative_to(course).as_posix()} is not a folder in this course"
    target = course / name
    if target.is_dir() and not target.is_symlink():
        return "a folder of that name is in its place"
    return None


def _read(
    zip_: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, limit: int
) -> tuple[str | None, int]:
    """Unpack one entry, at most `limit` bytes of it; gives what is wrong, and the bytes used.

    The size is counted here, since the one that the zip states can be false.
    """
    used = 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with zip_.open(entry) as source, target.open("xb") as file:
            while block := source.read(2**16):
                used += len(block)
                if used > limit:
                    return "the zip holds more than it may", used
                file.write(block)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return "it is damaged", used
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        return "the zip has a file and a folder of one name", used
    return None, used


def _put_in_place(
    course: Path, space: Path, names: list[str], refused: list[tuple[str, str]]
) -> Unpacked:
    now = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    taken, same, kept = [], [], []
    for name in names:
        target = course / name
        if os.path.lexists(target):
            if not target.is_symlink() and target.read_bytes() == (space / name).read_bytes():
                same.append(name)
                continue
            kept.append(_keep(course, name, now))
        target.parent.mkdir(parents=True, exist_ok=True)
        (space / name).replace(target)
        taken.append(name)
    return Unpacked(tuple(taken), tuple(same), tuple(kept), tuple(refused))


def _keep(course: Path, name: str, now: str) -> str:
    """Move what is there to a name in `earlier/` that is free; gives that name."""
    lesson, rest = name.split("/", 1)
    number = 1
    while True:
        stamp = now if number == 1 else f"{now}-{number}"
        kept = course / lesson / "earlier" / stamp / rest
        if not os.path.lexists(kept):
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(course / name, kept)
            return kept.relative_to(course).as_posix()
        number += 1
