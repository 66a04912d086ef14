"""A command on a terminal: what it prints into a pipe, and what the terminal shows meanwhile."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path


def on_terminal(project: Path, *arguments: str, columns: int = 100) -> tuple[str, str]:
    """Standard output, which is a pipe, and what a terminal got as standard error."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "course_lib.cli", *arguments],
        cwd=project,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            some = os.read(ours, 4096)
        except OSError:  # Linux says so where macOS gives nothing
            break
        if not some:
            break
        shown += some
    os.close(ours)
    assert process.stdout is not None
    printed = process.stdout.read()
    assert process.wait() == 0, shown
    return printed, shown.decode()


def last_screen(shown: str) -> str:
    """What is left on a line that was drawn over and over."""
    line = ""
    for drawn in shown.split("\r"):
        line = drawn + line[len(drawn) :]
    return line.strip()
