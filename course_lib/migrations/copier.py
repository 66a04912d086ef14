"""The program that copies the bytes of a database file which another process has connected.

Run as a process of its own and never imported: the process that has the file connected would drop
DuckDB's lock by opening and closing it. `copier.py SOURCE [COPY]` prints the header pages of the
source. They change with every checkpoint and with nothing else; where they changed while the copy
was made, it ends with `CHANGED` instead, since the copy may be torn.
"""

from __future__ import annotations

import os
import sys

CHANGED = 3
# The main header, and the two that DuckDB writes in turn.
HEADERS = 3 * 4096
_CHUNK = 1 << 24


def _headers(file: int) -> bytes:
    return os.pread(file, HEADERS, 0)


def _copy(source: int, copy: int) -> None:
    in_kernel = hasattr(os, "copy_file_range")
    while True:
        if in_kernel:
            try:
                if os.copy_file_range(source, copy, _CHUNK) == 0:
                    return
                continue
            except OSError:
                # Not between these two file systems; both files stand where they got to.
                in_kernel = False
        chunk = os.read(source, _CHUNK)
        if not chunk:
            return
        while chunk:
            chunk = chunk[os.write(copy, chunk) :]


def main(arguments: list[str]) -> int:
    """Copy, print the headers in hexadecimal, and tell by the exit code whether they held."""
    binary = getattr(os, "O_BINARY", 0)
    source = os.open(arguments[0], os.O_RDONLY | binary)
    before = _headers(source)
    if len(arguments) > 1:
        copy = os.open(arguments[1], os.O_RDWR | os.O_CREAT | os.O_EXCL | binary, 0o600)
        _copy(source, copy)
        if not before == _headers(source) == _headers(copy):
            return CHANGED
    print(before.hex())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
