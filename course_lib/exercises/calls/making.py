"""Making the calls of an answer, in the box."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from ..asked_function import AskedFunction, Call
from ..box import Answered, BoxCall, BoxLimits, Stopped, call_each
from ..sandbox import Sandbox
from .database import DATABASE, CallDatabases, Left

LIMITS = BoxLimits(cpu=2, seconds=20.0)
"""Of all calls together. A cell has two checks, and a minute when it is graded
(`grading/replay.py`); a machine that is busy with other work needs the rest."""


class NoBoxError(Exception):
    """This system cannot run an answer in Python apart from everything else."""


@dataclass(frozen=True)
class Came:
    """What came of a call, and what it left in its database, where it was given one."""

    result: Answered | Stopped
    left: Left | None = None


def make_calls(code: str, function: AskedFunction, calls: Sequence[Call]) -> list[Came]:
    """What came of each call.

    Raises NoBoxError; SandboxFault where DuckDB broke; SetUpRefused where it refuses the schema.
    """
    if os.name != "posix":
        raise NoBoxError(
            "an answer in Python is checked on Linux and macOS; on Windows open the course in WSL"
            " or on Binder"
        )
    names = [call.function or function.name for call in calls]
    if not function.schema:
        plain = [BoxCall(n, c.arguments) for n, c in zip(names, calls, strict=True)]
        return [Came(result) for result in call_each(code, plain, limits=LIMITS)]
    with Sandbox(DATABASE) as sandbox:
        before = [call.before for call in calls]
        databases = CallDatabases(sandbox, function.schema, before)
        given = [
            BoxCall(name, call.arguments, partial(databases.run, number))
            for number, (name, call) in enumerate(zip(names, calls, strict=True))
        ]
        results = call_each(code, given, limits=LIMITS)
        # A fault in there was told to the answer, which may have gone on.
        if databases.fault is not None:
            raise databases.fault
        return [Came(one, databases.left(number)) for number, one in enumerate(results)]
