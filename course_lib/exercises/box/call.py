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
from .walls import find_walls

MIB = 2**20
_ENVIRONMENT = {"LC_ALL": "C.UTF-8"}

Why = Literal["raised", "time", "memory", "output", "died"]


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

    It is about the answer, and no fault of ours: what the box lacks is told by `missing_walls`.
    """

    why: Why
    sentence: str
    line: int = 0
    printed: str = ""


def call_boxed(
    code: str,
    function: str,
    arguments: Sequence[Any] = (),
    *,
    on_sql: Callable[[str], list[list[Any]]] | None = None,
    limits: BoxLimits | None = None,
) -> Answered | Stopped:
    """Run `code` in a new program and call `function` of it with `arguments` (JSON values).

    With `on_sql` the first argument is a database: each `db.execute(sql)` calls it here with the
    text, and an exception in it is raised there, in its words. The program has no file, no network
    and no other process, and is gone when this returns.
    """
    limits = limits or BoxLimits()
    walls = find_walls()
    job = {
        "user": walls.user,
        "code": code,
        "function": function,
        "arguments": list(arguments),
        "database": on_sql is not None,
        "limits": asdict(limits),
    }
    command = walls.command(read_program())
    with (
        tempfile.TemporaryDirectory(prefix="updown-box-") as room,
        started(command, "/", _ENVIRONMENT) as process,
    ):
        pipe = _Pipe(process, limits)
        job["room"] = room
        try:
            pipe.send(job)
            while "sql" in (told := pipe.receive()):
                pipe.send(_run_sql(on_sql, str(told["sql"])))
        except _Over as over:
            return over.stopped
    printed = str(told.get("printed", ""))[: limits.printed]
    if "raised" in told:
        return _raised(told, printed, function, limits)
    return Answered(told.get("value"), printed)


_DIED = (
    "Its program ended before the function returned: the answer ended it, or went on when its time"
    " or memory was over."
)


class _Over(Exception):
    def __init__(self, why: Why, sentence: str) -> None:
        self.stopped = Stopped(why, sentence)


def _run_sql(on_sql: Callable[[str], list[list[Any]]] | None, sql: str) -> dict[str, Any]:
    if on_sql is None:
        return {"error": "there is no database here"}
    try:
        return {"rows": on_sql(sql)}
    except Exception as error:  # noqa: BLE001  the answer is told, as it would be by DuckDB
        return {"error": str(error)}


def _raised(told: dict[str, Any], printed: str, function: str, limits: BoxLimits) -> Stopped:
    name, words, line = str(told["raised"]), str(told.get("words", "")), told.get("line")
    number = line if isinstance(line, int) else 0
    if name == "MemoryError":
        return Stopped("memory", "It needs more memory than there is here.", number, printed)
    if name == "OutOfTime":
        sentence = f"It needs more than {limits.cpu} seconds of computing."
        return Stopped("time", sentence, number, printed)
    where = f" in line {number}" if number else ""
    return Stopped("raised", f"`{function}` ended with {name}{where}: {words}", number, printed)


class _Pipe:
    """Lines of JSON to and from the box, within its limits of time and size."""

    def __init__(self, process: subprocess.Popen[bytes], limits: BoxLimits) -> None:
        assert process.stdin and process.stdout
        self._process, self._limits = process, limits
        self._in, self._out = process.stdin.fileno(), process.stdout.fileno()
        self._end = time.monotonic() + limits.seconds
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
