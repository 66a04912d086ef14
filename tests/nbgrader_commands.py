"""A terminal whose commands run one after the other, nbgrader's all in one Python process.

Each `nbgrader` of its own would import for two seconds what it then needs for a tenth of one. What
a command does, reads and writes is the same, and so is its exit code.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Terminal:
    """An open terminal: its process, and the file with all that its commands said."""

    process: subprocess.Popen[str]
    log: Path

    def run(self, line: str, *, code: int = 0) -> str:
        """Run one command line, see that it ends with this exit code, and give what it said."""
        assert self.process.stdin and self.process.stdout
        before = self.log.stat().st_size
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        ended = self.process.stdout.readline().strip()
        with self.log.open("rb") as file:
            file.seek(before)
            said = file.read().decode(errors="replace")
        assert ended == str(code), f"{line}: exit code {ended or 'none'}\n{said}"
        return said


@contextmanager
def open_terminal(folder: Path, home: Path) -> Iterator[Terminal]:
    """A terminal in `folder`, with `home` as home and nothing of Jupyter in its environment."""
    outer = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "IPYTHON", "UPDOWN", "NBGRADER"))
    }
    log = home / "terminal.log"
    log.touch()
    process = subprocess.Popen(
        [sys.executable, __file__, str(log)],
        cwd=folder,
        env={**outer, "HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield Terminal(process, log)


def _run(line: str) -> int:
    command, *arguments = [os.path.expandvars(word) for word in shlex.split(_with_home(line))]
    if command == "cd":
        os.chdir(arguments[0])
    elif command == "export":
        name, _, value = arguments[0].partition("=")
        os.environ[name] = value
    elif command == "nbgrader":
        return _run_nbgrader(arguments)
    else:
        programs = {"python": [sys.executable], "updown": [sys.executable, "-m", "course_lib.cli"]}
        return subprocess.run([*programs.get(command, [command]), *arguments]).returncode
    return 0


def _with_home(line: str) -> str:
    """`~` where a shell expands it: at the start of a word, and of a variable's value."""
    if line.startswith("export "):
        line = line.replace("=~/", f"={Path.home()}/")
    return line.replace(" ~/", f" {Path.home()}/")


def _run_nbgrader(arguments: list[str]) -> int:
    from nbgrader.apps.nbgraderapp import NbGraderApp
    from traitlets.config import Application

    try:
        NbGraderApp.launch_instance(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        type(Application.instance()).clear_instance()
    return 0


def _main() -> None:
    codes = os.fdopen(os.dup(1), "w")
    log = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    for line in sys.stdin:
        code = _run(line)
        sys.stdout.flush()
        print(code, file=codes, flush=True)


if __name__ == "__main__":
    _main()
