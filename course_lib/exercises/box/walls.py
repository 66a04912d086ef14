"""What this system offers to keep a program away from everything else, tried once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_NAMESPACES = ("--net", "--ipc", "--uts", "--pid", "--fork", "--kill-child")
_NO_NAMESPACES = (
    "Boxed Python runs without namespaces (unshare is not there, or refused): only limits and"
    " Python's own audit keep it from the network, from files and from other programs."
)
_STAYS_ROOT = (
    "Boxed Python runs as root and cannot become another user: limits can be lifted by it."
    " Grade as an ordinary user."
)
_NOBODY = 65534
_SECONDS = 10


@dataclass(frozen=True)
class Walls:
    """How a boxed program is started: words in front of its command, the user that it becomes
    (None: it stays who it is), and what this system does not offer, as sentences."""

    before: tuple[str, ...] = ()
    user: int | None = None
    missing: tuple[str, ...] = ()

    def command(self, program: str) -> list[str]:
        """The command line that runs the text of a Python program."""
        # As -I, which would not listen to ENVIRONMENT: its one setting makes two runs equal.
        return [*self.before, _PYTHON, "-P", "-s", "-S", "-c", program]


ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
"""All that a boxed program finds in its environment; with the seed, sets keep one order."""

# Python itself and not the one of an environment, whose folder the program must not need.
_PYTHON = str(Path(sys.executable).resolve())


def missing_walls() -> tuple[str, ...]:
    """What this system lacks, as sentences for the instructor's log; empty where all is there."""
    return find_walls().missing


def lacking_walls() -> tuple[str, ...]:
    """The same where this process has boxed anything; where it has not, nothing is tried."""
    return find_walls().missing if find_walls.cache_info().currsize else ()


@cache
def find_walls() -> Walls:
    """The strongest walls that work here. Where there are none, the limits are all there is."""
    root = os.geteuid() == 0
    before: tuple[str, ...] = ()
    unshare = shutil.which("unshare")
    if unshare is not None:
        # Root needs no namespace of users for the others, and can become nobody without one.
        own = () if root else ("--user", "--map-root-user")
        before = (unshare, *own, *_NAMESPACES)
    if not (before and _works(Walls(before), "")):
        before = ()
    become = f"import os; os.setgroups([]); os.setgid({_NOBODY}); os.setuid({_NOBODY})"
    user = _NOBODY if root and _works(Walls(before), become) else None
    missing = (() if before else (_NO_NAMESPACES,)) + (
        (_STAYS_ROOT,) if root and user is None else ()
    )
    return Walls(before, user, missing)


def _works(walls: Walls, first: str) -> bool:
    try:
        done = subprocess.run(
            walls.command(f"{first}\nprint('in')"),
            cwd="/",
            env=ENVIRONMENT,
            capture_output=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.stdout.strip() == b"in"
