"""Calling a function of an answer that is Python, from outside of the box."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .child import started
from .outcome import Answered, BoxLimits, Stopped, read_outcome
from .pipe import Over, Pipe
from .walls import ENVIRONMENT, find_walls

OnSql = Callable[[str, Any], list[list[Any]]]
"""Runs the SQL of an answer, with its parameters (None where there are none); gives the rows."""

PROGRAMS = 2
"""How many programs the calls of one answer get, where the first of them comes to its end."""

# What a program cannot be asked for a further call after.
_ENDS = frozenset({"time", "memory", "output", "died"})


@dataclass(frozen=True)
class BoxCall:
    """One call: which function of the answer, and its `arguments` (JSON values).

    With `on_sql` the first argument is a database: each `db.execute(sql)` calls it out here, and an
    exception in it is raised there, in its words.
    """

    function: str
    arguments: Sequence[Any] = ()
    on_sql: OnSql | None = None


def call_boxed(
    code: str,
    function: str,
    arguments: Sequence[Any] = (),
    *,
    on_sql: OnSql | None = None,
    limits: BoxLimits | None = None,
) -> Answered | Stopped:
    """Run `code` in a new program and make one call of it, see `BoxCall`.

    The program has no file, no network and no other process, and is gone when this returns.
    """
    limits = limits or BoxLimits()
    end = time.monotonic() + limits.seconds
    return _in_one_program(code, [BoxCall(function, arguments, on_sql)], limits, end)[0]


def call_each(
    code: str, calls: Sequence[BoxCall], *, limits: BoxLimits | None = None
) -> list[Answered | Stopped]:
    """`call_boxed` for several calls, one after the other in one program: what came of each.

    A program sees the arguments of a call when the one before it has ended. One that is over its
    limits, or ends, is followed by a new one for the calls that are left; after `PROGRAMS` of them
    these are not made. By the clock all of them together have `limits.seconds`.
    """
    limits = limits or BoxLimits()
    end = time.monotonic() + limits.seconds
    came: list[Answered | Stopped] = []
    for _ in range(PROGRAMS):
        if len(came) < len(calls) and time.monotonic() < end:
            came += _in_one_program(code, calls[len(came) :], limits, end)
    return came + [_NOT_MADE] * (len(calls) - len(came))


def _in_one_program(
    code: str, calls: Sequence[BoxCall], limits: BoxLimits, end: float
) -> list[Answered | Stopped]:
    """What came of the calls up to the one, if any, at which the program ended."""
    walls = find_walls()
    came: list[Answered | Stopped] = []
    command = walls.command(read_program())
    with (
        tempfile.TemporaryDirectory(prefix="updown-box-") as room,
        started(command, "/", ENVIRONMENT) as process,
    ):
        pipe = Pipe(process, limits, end)
        try:
            job = {"code": code, "limits": asdict(limits)}
            pipe.send({**job, "user": walls.user, "room": room})
            for call in calls:
                given = {"function": call.function, "arguments": list(call.arguments)}
                pipe.send({**given, "database": call.on_sql is not None})
                while "sql" in (told := pipe.receive()):
                    pipe.send(_run_sql(call.on_sql, told))
                one = read_outcome(told, code, call.function, limits)
                came.append(one)
                if isinstance(one, Stopped) and one.why in _ENDS:
                    break
        except Over as over:
            came.append(over.stopped)
    return came


_NOT_MADE = Stopped("not made", "This call was not made, since two calls before it came to no end.")


def _run_sql(on_sql: OnSql | None, told: dict[str, Any]) -> dict[str, Any]:
    if on_sql is None:
        return {"error": "there is no database here"}
    try:
        return {"rows": on_sql(str(told["sql"]), told.get("parameters"))}
    except Exception as error:  # noqa: BLE001  the answer is told, as it would be by DuckDB
        return {"error": str(error)}


def read_program() -> str:
    """The text of the program inside: the other user that runs it may not be able to read files."""
    return Path(__file__).with_name("inside.py").read_text(encoding="utf-8")
