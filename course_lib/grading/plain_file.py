"""Files that others may change meanwhile: opened without following links, copied by count."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import IO

_BLOCK = 2**16


def open_plain(path: Path | str, *, folder: int | None = None) -> IO[bytes] | str:
    """A file of bytes, open for reading, or why it is none. `path` may be relative to the open
    directory `folder`."""
    try:
        # A pipe would keep us waiting for ever, were it opened in the usual way.
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW, dir_fd=folder)
    except OSError:
        return "it is a link, or cannot be read"
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        return "it is not a file of bytes"
    return os.fdopen(file, "rb")


def copy_bytes(opened: IO[bytes], target: Path, limit: int) -> int | str:
    """Copy to a path that is free; gives the number of bytes, or why they are too many.

    They are counted, since what a zip or a directory says of a size can be false. With too many
    nothing is left at the target.
    """
    size = 0
    with target.open("xb") as file:
        while block := opened.read(_BLOCK):
            size += len(block)
            if size > limit:
                break
            file.write(block)
    if size > limit:
        target.unlink()
        return f"it is larger than {limit >> 20} MB"
    return size
