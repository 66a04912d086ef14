"""A tool's project: a folder of its own, and the tool's command run there."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SECONDS = 60
"""A migration of a few thousand rows takes one; what waits for an answer takes for ever."""


@dataclass(frozen=True)
class Project:
    """Where the files of a tool lie, and its `database` among them."""

    folder: Path
    database: Path


@dataclass(frozen=True)
class Ran:
    """A command that has ended. `code` is its exit code, None where it was stopped after
    `SECONDS`; `error` is what it wrote to stderr."""

    output: str
    error: str
    code: int | None


def run_python(folder: Path, *words: str) -> Ran:
    """Run this Python with `words` in `folder`: no terminal, and no input."""
    scripts = str(Path(sys.executable).parent)
    environment = {
        **os.environ,
        "PYTHONUTF8": "1",
        "NO_COLOR": "1",
        "DJANGO_COLORS": "nocolor",
        # nbgrader calls the command `alembic`, which lies beside this Python.
        "PATH": os.pathsep.join([scripts, os.environ.get("PATH", "")]),
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    try:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return Ran("", "", None)
    return Ran(done.stdout, done.stderr, done.returncode)


def without_traceback(error: str) -> tuple[str, int]:
    """The end of what a tool wrote to stderr, and how many lines of traceback stood before it."""
    lines = error.strip().splitlines()
    starts = [at for at, line in enumerate(lines) if line.startswith("Traceback (most recent")]
    if not starts:
        return "\n".join(lines), 0
    # The frames below the last heading are indented; the exception itself is not.
    ends = (at for at in range(starts[-1] + 1, len(lines)) if not lines[at].startswith(" "))
    end = next(ends, len(lines))
    return "\n".join(lines[end:]), end
