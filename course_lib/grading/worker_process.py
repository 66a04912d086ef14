"""One submission's worker: started, listened to, and ended whatever it does."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import course_lib
from course_lib.exercises.box.child import started
from course_lib.exercises.limits import Limits

MIB = 2**20
LIMITS = Limits(memory=4096 * MIB, cpu=600, file=512 * MIB, files=512)
"""Far above what the instructor's cells and a sandbox of 256 MB need."""

MAX_SHOWN = 64 * MIB
"""Bytes that all cells together may show."""

_END_OF_LOG = 4000


@dataclass(frozen=True)
class Cell:
    """A cell to run. The text of an `answer` below its first line is data."""

    source: str
    answer: bool = False


@dataclass(frozen=True)
class Shown:
    """What a cell showed, as outputs of nbformat 4, and its number."""

    outputs: list[dict[str, Any]]
    number: int


@dataclass(frozen=True)
class Death:
    """The worker ended before the cell did: `why` for anybody, `log` for the instructor alone."""

    why: str
    log: str


def play(
    cells: Sequence[Cell],
    folder: Path,
    *,
    seconds: float,
    limits: Limits = LIMITS,
    on_log: Callable[[str], None] = lambda _: None,
) -> Iterator[Shown | Death]:
    """Run the cells in `folder`, one after the other, in a process of their own.

    Yields what each showed. `seconds` is the time that one cell may take. After a Death nothing
    more comes. `on_log` gets what a worker that came to its end has to say to the instructor. The
    process and all that it started in its group are gone when this ends.
    """
    with tempfile.TemporaryDirectory(prefix="updown-replay-") as own, _log() as log:
        job = {
            "cells": [[cell.source, cell.answer] for cell in cells],
            "limits": asdict(limits),
            "own": own,
        }
        with _started(folder, own, log) as process:
            lines = _Lines(process, seconds)
            try:
                lines.send(json.dumps(job).encode() + b"\n")
                for _ in cells:
                    outputs, number = json.loads(lines.next())
                    yield Shown(outputs, number)
                lines.end()
                if told := _told(log):
                    on_log(told)
            except _Ended as ended:
                yield Death(_why(process, ended), _told(log))


class _Ended(Exception):
    """The worker says nothing more. The text is empty where it died by itself."""


class _Lines:
    """The worker's input and output, neither of which may keep us waiting for ever."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        assert process.stdin and process.stdout
        self._in, self._out, self._seconds = process.stdin, process.stdout, seconds
        self._left, self._seen = b"", 0
        os.set_blocking(self._in.fileno(), False)

    def send(self, job: bytes) -> None:
        """Give the whole job, then close the input."""
        end = time.monotonic() + self._seconds
        while job:
            self._wait(self._in, selectors.EVENT_WRITE, end)
            try:
                job = job[os.write(self._in.fileno(), job) :]
            except OSError:
                raise _Ended("") from None
        self._in.close()

    def next(self) -> bytes:
        """The next whole line."""
        end = time.monotonic() + self._seconds
        while b"\n" not in self._left:
            self._wait(self._out, selectors.EVENT_READ, end)
            chunk = os.read(self._out.fileno(), 1 << 20)
            if not chunk:
                raise _Ended("")
            self._seen += len(chunk)
            if self._seen > MAX_SHOWN:
                raise _Ended(f"it shows more than {MAX_SHOWN // MIB} MB")
            self._left += chunk
        line, _, self._left = self._left.partition(b"\n")
        return line

    def end(self) -> None:
        """Wait for the end of the output."""
        end = time.monotonic() + self._seconds
        while True:
            self._wait(self._out, selectors.EVENT_READ, end)
            if not os.read(self._out.fileno(), 1 << 16):
                return

    def _wait(self, pipe: IO[bytes], event: int, end: float) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, event)
            if not selector.select(max(0.0, end - time.monotonic())):
                raise _Ended(f"it did not end within {self._seconds:g} seconds")


def _started(
    folder: Path, own: str, log: IO[bytes]
) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    # Where the library lies in the path of this process, it does in the worker's too.
    library = str(Path(course_lib.__file__).parents[1])
    path = os.pathsep.join(filter(None, [library, os.environ.get("PYTHONPATH", "")]))
    # -P: a file of the folder named like a library must not be imported in its place.
    command = [sys.executable, "-P", "-m", "course_lib.grading.worker"]
    environment = {**os.environ, "PYTHONPATH": path, "TMPDIR": own, "MALLOC_ARENA_MAX": "2"}
    return started(command, folder, environment, log=log)


def _why(process: subprocess.Popen[bytes], ended: _Ended) -> str:
    if str(ended):
        return str(ended)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)
    code = process.returncode
    if code is None:
        return "its process closed its output"
    if code < 0:
        return f"its process was ended by {signal.Signals(-code).name}"
    return f"its process ended with exit code {code}"


def _log() -> IO[bytes]:
    return tempfile.TemporaryFile()


def _told(log: IO[bytes]) -> str:
    log.seek(0, os.SEEK_END)
    log.seek(max(0, log.tell() - _END_OF_LOG))
    return log.read().decode(errors="replace").strip()
