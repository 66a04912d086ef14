"""What of a lesson is the instructor's, made ready once in the server, so that forks have it.

That is the exercises with their hidden worlds and what a right answer leaves there, and the
lesson's own database. It is made in a fork that has seen no submission and comes as data, since
it needs DuckDB. Files are looked at for each submission: what was edited is made anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import selectors
import signal
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib.exercises import keep, prepare_to_keep
from course_lib.notebook.folder import WORLD
from course_lib.notebook.live_check import course_secret, course_specs
from course_lib.notebook.world import build_to_keep, keep_built

SECONDS = 50.0
"""What making a lesson ready may take; beyond that each submission does without."""


@dataclass
class MadeReady:
    """What this process has ready, as fingerprints of the files that it was made from."""

    done: dict[str, bytes] = field(default_factory=dict)

    def see_to(self, folder: Path) -> None:
        """Make ready what cells in this folder will need, where that is not done yet.

        The folder has the lesson's name. What cannot be made is left out: the replay of a
        submission does it itself then, and tells what is wrong.
        """
        specs = course_specs(folder.name)
        secret = course_secret() if specs else None
        wanted = {str(path): _fingerprint(path, secret) for path in specs}
        world = folder / WORLD
        if world.is_file():
            wanted[f"{folder.name}/{WORLD}"] = _fingerprint(world, None)
        missing = {name for name, print_ in wanted.items() if self.done.get(name) != print_}
        if missing:
            self.done.update(wanted)
            _keep(_in_a_fork(lambda: _make(missing, world, secret)))


def _fingerprint(path: Path, secret: str | None) -> bytes:
    return hashlib.sha256(path.read_bytes() + b"\0" + (secret or "").encode()).digest()


def _make(missing: set[str], world: Path, secret: str | None) -> dict[str, Any]:
    """What is missing, as data. A spec that is wrong is left out."""
    made: dict[str, Any] = {"exercises": [], "worlds": []}
    for name in sorted(missing):
        try:
            if name.endswith(WORLD):
                with tempfile.TemporaryDirectory() as own:
                    made["worlds"].append(build_to_keep(world, Path(own)))
            else:
                made["exercises"].append(prepare_to_keep(Path(name), secret))
        except Exception:  # noqa: BLE001  the check of each submission will say what it is
            traceback.print_exc()
    return made


def _keep(made: dict[str, Any] | None) -> None:
    if made is not None:
        keep(made["exercises"])
        for text, built in made["worlds"]:
            keep_built(text, built)


def _in_a_fork(make: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    """What a function gives in a fork of this process; None where it came to no end."""
    reads, writes = os.pipe()
    pid = os.fork()
    if not pid:
        code = 1
        try:
            os.setsid()
            os.close(reads)
            with os.fdopen(writes, "wb") as out:
                pickle.dump(make(), out)
            code = 0
        except BaseException:  # noqa: BLE001  nothing of it may come back into the server
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writes)
    try:
        whole = _read(reads)
    finally:
        os.close(reads)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return None if whole is None else pickle.loads(whole)


def _read(pipe: int) -> bytes | None:
    """All that comes; None where the time is over before its end."""
    end = time.monotonic() + SECONDS
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while selector.select(max(0.0, end - time.monotonic())):
            part = os.read(pipe, 1 << 20)
            if not part:
                return b"".join(parts) or None
            parts.append(part)
    return None
