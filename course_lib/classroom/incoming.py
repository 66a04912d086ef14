"""The files of a folder or a zip that came in: nothing of their names or content is trusted."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from course_lib.grading.plain_file import copy_bytes, open_plain
from course_lib.notebook.work import MAX_FILE

MAX_ENTRIES = 100_000


@dataclass(frozen=True)
class Incoming:
    """A file by the parts of its name below the place that it came from.

    `copy` writes it to a path that is free, and gives why it could not, or None.
    """

    parts: tuple[str, ...]
    copy: Callable[[Path], str | None]

    @property
    def name(self) -> str:
        return "/".join(self.parts)


@contextmanager
def open_incoming(place: Path) -> Iterator[Iterator[Incoming]]:
    """The files of a folder, of a zip that an LMS made, or one notebook.

    Hidden files and what macOS adds are passed over; links are not followed. Raises
    zipfile.BadZipFile and OSError where the place itself cannot be read.
    """
    if place.is_dir():
        yield _of_folder(place)
    elif place.suffix.casefold() == ".zip":
        with zipfile.ZipFile(place) as archive:
            yield _of_zip(archive)
    else:
        yield iter([_of_file(place, (place.name,))])


def one_file(place: Path) -> Incoming:
    """A file by its own name, also where it is a zip."""
    return _of_file(place, (place.name,))


def _of_folder(place: Path) -> Iterator[Incoming]:
    for folder, inner, names in os.walk(place):
        inner[:] = sorted(name for name in inner if not _is_passed_over(name))
        for name in sorted(names):
            if not _is_passed_over(name):
                path = Path(folder) / name
                yield _of_file(path, path.relative_to(place).parts)


def _of_file(path: Path, parts: tuple[str, ...]) -> Incoming:
    def copy(target: Path) -> str | None:
        opened = open_plain(path)
        if isinstance(opened, str):
            return opened
        with opened:
            return _fault(copy_bytes(opened, target, MAX_FILE))

    return Incoming(parts, copy)


def _of_zip(archive: zipfile.ZipFile) -> Iterator[Incoming]:
    for entry in archive.infolist()[:MAX_ENTRIES]:
        parts = tuple(part for part in entry.orig_filename.split("/") if part not in ("", "."))
        if entry.orig_filename.endswith("/") or not parts or any(map(_is_passed_over, parts)):
            continue
        yield Incoming(parts, _copier(archive, entry))


def _copier(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[Path], str | None]:
    def copy(target: Path) -> str | None:
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
            return "it is a link or a special file"
        if entry.flag_bits & 0x1:
            return "it is encrypted"
        try:
            with archive.open(entry) as opened:
                return _fault(copy_bytes(opened, target, MAX_FILE))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
            return "it is damaged"

    return copy


def _fault(copied: int | str) -> str | None:
    return copied if isinstance(copied, str) else None


def _is_passed_over(name: str) -> bool:
    return name == "__MACOSX" or (name.startswith(".") and name != "..")
