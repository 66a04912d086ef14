"""nbgrader's exchange: collected without following links, and refused where a class has none."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import (  # type: ignore[import-untyped]
    ExchangeCollect,
    ExchangeReleaseAssignment,
    ExchangeReleaseFeedback,
)

from course_lib.grading.plain_file import copy_bytes, open_plain
from course_lib.notebook.work import MAX_FILE, MAX_FILES, MAX_TOTAL

_NO_EXCHANGE = (
    "This class has no exchange, as its class.toml says. Hand out and back in another way, or"
    " choose an exchange: updown class new DIR --exchange PATH"
)


def use_exchange(c: Any, *, exists: bool) -> None:
    """Have nbgrader's commands and the Formgrader use the steps of this file."""
    c.ExchangeFactory.collect = CollectFiles if exists else NoCollect
    if not exists:
        c.ExchangeFactory.release_assignment = NoRelease
        c.ExchangeFactory.release_feedback = NoReturn


class CollectFiles(ExchangeCollect):  # type: ignore[misc]
    """nbgrader's collect, which takes files only.

    nbgrader's own follows links with the instructor's rights: who submits a link to the work of
    another learner would hand that in.
    """

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        """Copy one submission; each thing that is left out is a warning."""

        def leave_out(name: str, why: str) -> None:
            self.log.warning("%s: %r was left out: %s", Path(src).name, name, why)

        copy_files(Path(src), Path(dest), self.coursedir.ignore, leave_out)


class NoCollect(ExchangeCollect):  # type: ignore[misc]
    """The collect of a class without an exchange."""

    def start(self) -> None:
        self.fail(_NO_EXCHANGE)


class NoRelease(ExchangeReleaseAssignment):  # type: ignore[misc]
    """The release of a class without an exchange; nbgrader's own would make a folder for it."""

    def start(self) -> None:
        self.fail(_NO_EXCHANGE)


class NoReturn(ExchangeReleaseFeedback):  # type: ignore[misc]
    """The same for feedback."""

    def start(self) -> None:
        self.fail(_NO_EXCHANGE)


def copy_files(
    source: Path, target: Path, ignored: list[str], leave_out: Callable[[str, str], None]
) -> None:
    """Copy the files of a folder that somebody else may change meanwhile, and nothing else.

    A link, a pipe, a file of more than `MAX_FILE` bytes and what goes beyond `MAX_FILES` or
    `MAX_TOTAL` is named to `leave_out`, with the reason; names in `ignored` are passed over.
    """
    target.mkdir(parents=True)
    if source.is_symlink():
        leave_out(".", "it is a link")
        return
    files, total = 0, 0
    for folder, inner, names, handle in os.fwalk(source, follow_symlinks=False):
        here = Path(folder).relative_to(source)
        for name in sorted(inner):
            if any(fnmatch(name, pattern) for pattern in ignored):
                inner.remove(name)
            elif stat.S_ISLNK(os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode):
                leave_out((here / name).as_posix(), "it is a link")
        for name in sorted(names):
            if any(fnmatch(name, pattern) for pattern in ignored):
                continue
            shown = (here / name).as_posix()
            if files == MAX_FILES:
                leave_out(shown, f"there are more than {MAX_FILES} files")
                return
            size = _copy(name, handle, target / here / name, min(MAX_FILE, MAX_TOTAL - total))
            if isinstance(size, str):
                leave_out(shown, size)
            else:
                files, total = files + 1, total + size


def _copy(name: str, folder: int, target: Path, limit: int) -> int | str:
    """Copy a file; gives its size, or why it was left out."""
    opened = open_plain(name, folder=folder)
    if isinstance(opened, str):
        return opened
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened:
        about = os.fstat(opened.fileno())
        size = copy_bytes(opened, target, limit)
    if isinstance(size, int):
        os.utime(target, ns=(about.st_atime_ns, about.st_mtime_ns))
    return size
