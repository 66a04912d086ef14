"""Who has a database file open: a process, and where it is a notebook's kernel, which notebook."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Holder:
    """A process that holds a lock; `notebook` is the path of the notebook it is the kernel of."""

    pid: int
    is_kernel: bool
    notebook: str | None

    def describe(self) -> str:
        """Who it is: `the kernel of 04-adding-a-column.ipynb (process 4711)`."""
        if self.notebook:
            return f"the kernel of {self.notebook} (process {self.pid})"
        return f"{'a Jupyter kernel' if self.is_kernel else 'another program'} (process {self.pid})"

    def how_to_let_go(self) -> str:
        """What to do so that the file becomes free."""
        if self.notebook:
            there = f"in a cell of {Path(self.notebook).name}"
        elif self.is_kernel:
            there = "in a cell of its notebook"
        else:
            return "close the database there, then try again"
        return f"run `%migrate release` {there}, or shut the kernel down, then try again"


def find_holder(pid: int) -> Holder:
    """Look a process up. What cannot be found out is left open, never guessed."""
    command = _command_line(pid)
    is_kernel = "ipykernel" in command or ("kernel-" in command and ".json" in command)
    notebook = _environment(pid).get("JPY_SESSION_NAME") if is_kernel else None
    return Holder(pid, is_kernel, _short(notebook) if notebook else None)


def _command_line(pid: int) -> str:
    try:
        return (
            Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        )
    except OSError:
        pass
    try:
        # No /proc on macOS.
        listed = subprocess.run(
            ["ps", "-o", "command=", "-p", str(pid)],
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return listed.stdout.strip()


def _environment(pid: int) -> dict[str, str]:
    try:
        content = Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace")
    except OSError:
        return {}
    pairs = (entry.partition("=") for entry in content.split("\0"))
    return {name: value for name, _, value in pairs}


def _short(notebook: str) -> str:
    relative = os.path.relpath(notebook)
    return notebook if relative.startswith("..") else relative
