"""Calling a function of an answer that is Python, from outside of the box."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from .child import started
from .walls import ENVIRONMENT, find_walls

MIB = 2**20

OnSql = Callable[[str, Any], list[list[Any]]]
"""Runs the SQL of an answer, with its parameters (None where there are none); gives the rows."""

Why = Literal["raised", "unreadable", "time", "memory", "output", "died", "not made"]

PROGRAMS = 2
"""How many programs the calls of one answer get, where the first of them comes to its end."""

# What a program cannot be asked for a further call after.
_ENDS = frozenset({"time", "memory", "output", "died"})


@dataclass(frozen=True)
class BoxLimits:
    """`memory` in bytes, `cpu` and `seconds` (by the clock) in seconds, `output` in bytes of all
    that crosses the pipe, `printed` in characters that are kept."""

    memory: int = 512 * MIB
    cpu: int = 5
    seconds: float = 20.0
    output: int = 4 * MIB
    printed: int = 10_000


@dataclass(frozen=True)
class Answered:
    """What the function returned, as JSON has it (sets come sorted, tuples as lists), and what it
    printed. It is the learner's word: check it as you would a text that they typed."""

    value: Any
    printed: str


@dataclass(frozen=True)
class Stopped:
    """The function came to no value. `sentence` is for the learner; `line` is in the answer, or 0.

    `error` is the name of the exception that it raised, in the answer's own words like all else. It
    is about the answer, and no fault of ours: what the box lacks is told by `missing_walls`.
    """

    why: Why
    sentence: str
    line: int = 0
    printed: str = ""
    error: str = ""


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
        pipe = _Pipe(process, limits, end)
        try:
            job = {"code": code, "limits": asdict(limits)}
            pipe.send({**job, "user": walls.user, "room": room})
            for call in calls:
                given = {"function": call.function, "arguments": list(call.arguments)}
                pipe.send({**given, "database": call.on_sql is not None})
                while "sql" in (told := pipe.receive()):
                    pipe.send(_run_sql(call.on_sql, told))
                one = _read(told, code, call.function, limits)
                came.append(one)
                if isinstance(one, Stopped) and one.why in _ENDS:
                    break
        except _Over as over:
            came.append(over.stopped)
    return came


_DIED = (
    "Its program ended before the function returned: the answer ended it, or went on when its time"
    " or memory was over."
)

_NOT_MADE = Stopped("not made", "This call was not made, since two calls before it came to no end.")
_READABLE = "a result is made of lists, dictionaries, texts, numbers, True, False and None"


class _Over(Exception):
    def __init__(self, why: Why, sentence: str) -> None:
        self.stopped = Stopped(why, sentence)


def _run_sql(on_sql: OnSql | None, told: dict[str, Any]) -> dict[str, Any]:
    if on_sql is None:
        return {"error": "there is no database here"}
    try:
        return {"rows": on_sql(str(told["sql"]), told.get("parameters"))}
    except Exception as error:  # noqa: BLE001  the answer is told, as it would be by DuckDB
        return {"error": str(error)}


def _read(told: dict[str, Any], code: str, function: str, limits: BoxLimits) -> Answered | Stopped:
    printed = str(told.get("printed", ""))[: limits.printed]
    if "unreadable" in told:
        name = str(told["unreadable"])[:50]
        sentence = f"Its result holds a value of the type {name}, and {_READABLE}."
        return Stopped("unreadable", sentence, 0, printed)
    if "raised" in told:
        return _raised(told, printed, code, function, limits)
    return Answered(told.get("value"), printed)


def _raised(
    told: dict[str, Any], printed: str, code: str, function: str, limits: BoxLimits
) -> Stopped:
    lines = len(code.splitlines())
    name, words, line = str(told["raised"])[:50], str(told.get("words", "")), told.get("line")
    # The answer can write to the pipe, and any number into it: only one of its lines is a line.
    number = line if isinstance(line, int) and 0 < line <= lines else 0
    if name == "MemoryError":
        return Stopped("memory", "It needs more memory than there is here.", number, printed)
    if name == "OutOfTime":
        sentence = f"It needs more than {limits.cpu} seconds of computing."
        return Stopped("time", sentence, number, printed)
    if name == "NoFunctionError":
        return Stopped("raised", f"The answer has no function `{function}`.", 0, printed, name)
    where = f" in line {number}" if number else ""
    sentence = f"`{function}` ended with {name}{where}: {words}".removesuffix(": ")
    return Stopped("raised", sentence, number, printed, name)


class _Pipe:
    """Lines of JSON to and from the box, within its limits of time and size."""

    def __init__(self, process: subprocess.Popen[bytes], limits: BoxLimits, end: float) -> None:
        assert process.stdin and process.stdout
        self._process, self._limits = process, limits
        self._in, self._out = process.stdin.fileno(), process.stdout.fileno()
        self._end = end
        self._left, self._seen = b"", 0
        os.set_blocking(self._in, False)

    def send(self, what: dict[str, Any]) -> None:
        """Write one line. A box that has ended is noticed by `receive`."""
        line = json.dumps(what, default=str).encode() + b"\n"
        while line:
            self._wait(self._in, selectors.EVENT_WRITE)
            try:
                line = line[os.write(self._in, line) :]
            except BrokenPipeError:
                return

    def receive(self) -> dict[str, Any]:
        """Read one line."""
        while b"\n" not in self._left:
            self._wait(self._out, selectors.EVENT_READ)
            chunk = os.read(self._out, 1 << 16)
            if not chunk:
                raise _Over("died", _DIED)
            self._seen += len(chunk)
            if self._seen > self._limits.output:
                raise _Over("output", f"It gives more than {self._limits.output // MIB} MB.")
            self._left += chunk
        line, _, self._left = self._left.partition(b"\n")
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise _Over("died", "It wrote to the pipe that is kept for its result.")
        return told

    def _wait(self, pipe: int, event: int) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, event)
            if not selector.select(max(0.0, self._end - time.monotonic())):
                raise _Over("time", f"It does not end within {self._limits.seconds:g} seconds.")


def read_program() -> str:
    """The text of the program inside: the other user that runs it may not be able to read files."""
    return Path(__file__).with_name("inside.py").read_text(encoding="utf-8")
