"""Making the calls of an answer, in the box."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ..box import Answered, BoxLimits, Stopped, call_each
from ..exercise import AskedFunction, Call

LIMITS = BoxLimits(cpu=2, seconds=20.0)
"""Of all calls together. A cell has two checks, and a minute when it is graded
(`grading/replay.py`); a machine that is busy with other work needs the rest."""


class NoBoxError(Exception):
    """This system cannot run an answer in Python apart from everything else."""


def make_calls(
    code: str, function: AskedFunction, calls: Sequence[Call]
) -> list[Answered | Stopped]:
    """What came of each call. Raises NoBoxError."""
    if os.name != "posix":
        raise NoBoxError(
            "an answer in Python is checked on Linux and macOS; on Windows open the course in WSL"
            " or on Binder"
        )
    return call_each(code, function.name, [call.arguments for call in calls], limits=LIMITS)
