"""Runs SQL of a question for real, on databases that exist for this alone.

Each run is a program of its own, since only the end of a process stops every statement: endless or
huge SQL of an answer can neither hang the notebook nor reach a file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.quiz.answer import Came

SECONDS = 8.0
"""The time that a run has, with the start of its program; a right answer needs less than one."""

SET_UP_FAILED = 3
"""The exit code that says that a database could not be set up."""

_TOO_LONG = f"It did not end within {SECONDS:.0f} seconds, so it was stopped."


@dataclass(frozen=True)
class Ran:
    """What one text did. `print` is the same for two texts that do the same to the database and
    give the same rows; `refused` when DuckDB did not take all of it."""

    came: Came
    print: str
    refused: bool


class RunFault(Exception):
    """Nothing could be run here, and that says nothing about an answer."""


def run_texts(
    setup: str, texts: Sequence[str], look: str | None = None, seconds: float = SECONDS
) -> tuple[Ran, ...]:
    """What each text does on a database of its own that `setup` made, in their order.

    `look` is a query whose rows are shown afterwards. A text that takes too long ends the run, so
    fewer may come back than were given; the last is the one that was stopped. Raises RunFault.
    """
    job = json.dumps({"setup": setup, "texts": list(texts), "look": look})
    home = str(Path(__file__).parents[2])
    path = os.pathsep.join(part for part in (home, os.environ.get("PYTHONPATH")) if part)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "course_lib.quiz.run_inside"],
            input=job.encode(errors="replace"),
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "PYTHONPATH": path},
        )
        output = done.stdout
    except subprocess.TimeoutExpired as late:
        output = late.stdout or b""
    except OSError as error:
        raise RunFault(f"no program can be started here ({error.strerror or error})") from error
    else:
        if done.returncode == SET_UP_FAILED:
            said = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise RunFault(f"its own database could not be made: {' '.join(said)}")
    ran = tuple(_ran(json.loads(line)) for line in output.splitlines() if line.endswith(b"}"))
    if len(ran) == len(texts):
        return ran
    return (*ran, Ran(Came(_TOO_LONG), "stopped", True))


def _ran(told: dict[str, Any]) -> Ran:
    rows = tuple(tuple(map(str, row)) for row in told["rows"])
    came = Came(str(told["sentence"]), tuple(map(str, told["columns"])), rows)
    return Ran(came, str(told["print"]), told["refused"] is True)
