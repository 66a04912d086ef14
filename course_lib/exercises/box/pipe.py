"""Lines of JSON to and from the program in the box, within its limits."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import time
from typing import Any

from .outcome import MIB, BoxLimits, Stopped, Why

_DIED = (
    "Its program ended before the function returned: the answer ended it, or went on when its time"
    " or memory was over."
)


class Over(Exception):
    """The program is over its limits, or has ended: what is told of it."""

    def __init__(self, why: Why, sentence: str) -> None:
        self.stopped = Stopped(why, sentence)


class Pipe:
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
                raise Over("died", _DIED)
            self._seen += len(chunk)
            if self._seen > self._limits.output:
                raise Over("output", f"It gives more than {self._limits.output // MIB} MB.")
            self._left += chunk
        line, _, self._left = self._left.partition(b"\n")
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise Over("died", "It wrote to the pipe that is kept for its result.")
        return told

    def _wait(self, pipe: int, event: int) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, event)
            if not selector.select(max(0.0, self._end - time.monotonic())):
                raise Over("time", f"It does not end within {self._limits.seconds:g} seconds.")
