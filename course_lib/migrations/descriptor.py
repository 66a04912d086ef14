"""The bytes of a database file, read through the descriptor that DuckDB itself has it open with.

Whoever opens and closes the file in the process that has it connected drops DuckDB's lock on it.
Here nothing of it is opened and nothing closed: reading at a place that is named moves no position
and touches no lock, and starting a process for it would take longer than copying a small file.
"""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

# The main header, and the two that DuckDB writes in turn; `copier.py` has the same number.
HEADERS = 3 * 4096
_CHUNK = 1 << 24


def read_headers(path: Path, *copy: Path) -> str | None:
    """The header pages of a file that this process has connected, in hexadecimal.

    With a path for a copy the file is copied there first, and it is None where the headers changed
    meanwhile. Raises `OSError` where there is no descriptor to be found, or nothing can be written.
    """
    source = _descriptor_of(path)
    before = os.pread(source, HEADERS, 0)
    for one in copy:
        # Never a file that is there already, which somebody might have connected.
        with io.FileIO(one, "x+") as target:
            _copy(source, target.fileno())
            held = before == os.pread(source, HEADERS, 0) == os.pread(target.fileno(), HEADERS, 0)
        if not held:
            return None
    # The number of a descriptor that was closed meanwhile may be that of another file now.
    if not _is_of(source, path):
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), str(path))
    return before.hex()


def _descriptor_of(path: Path) -> int:
    if hasattr(os, "pread"):
        for entry in Path("/dev/fd").iterdir():
            if _is_of(int(entry.name), path):
                return int(entry.name)
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def _is_of(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        # The descriptor of the listing itself, for one, is closed by now.
        return False


def _copy(source: int, target: int) -> None:
    in_kernel = hasattr(os, "copy_file_range")
    place = 0
    while True:
        if in_kernel:
            try:
                copied = os.copy_file_range(source, target, _CHUNK, place, place)
            except OSError:
                # Not between these two file systems.
                in_kernel = False
                continue
        else:
            chunk = os.pread(source, _CHUNK, place)
            copied = os.pwrite(target, chunk, place) if chunk else 0
        if copied == 0:
            return
        place += copied
