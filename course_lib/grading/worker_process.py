"""One submission's worker: started, listened to, and ended whatever it does."""

from __future__ import annotations

import json
import os
import selectors
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from course_lib.exercises.limits import Limits
from course_lib.grading.replay_server import Replay, ServerLostError, forked

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
        folder = folder.resolve()
        job = {
            "cells": [[cell.source, cell.answer] for cell in cells],
            "limits": asdict(limits),
            "folder": str(folder),
            "own": own,
        }
        try:
            with forked(folder, log) as replay:
                lines = _Lines(replay, seconds)
                try:
                    lines.send(json.dumps(job).encode() + b"\n")
                    for _ in cells:
                        outputs, number = json.loads(lines.next())
                        yield Shown(outputs, number)
                    lines.end()
                    if told := _told(log):
                        on_log(told)
                except _Ended as ended:
                    yield Death(_why(replay, ended), _told(log))
        except ServerLostError as lost:
            why = "the program that starts replays has ended"
            yield Death(why, f"{_told(log)}\n{lost}".strip())


class _Ended(Exception):
    """The worker says nothing more. The text is empty where it died by itself."""


class _Lines:
    """The worker's input and output, neither of which may keep us waiting for ever."""

    def __init__(self, replay: Replay, seconds: float) -> None:
        self._in, self._out, self._seconds = replay.stdin, replay.stdout, seconds
        self._left, self._seen = bytearray(), 0
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
        looked = 0
        while (at := self._left.find(b"\n", looked)) < 0:
            looked = len(self._left)
            self._wait(self._out, selectors.EVENT_READ, end)
            chunk = os.read(self._out.fileno(), 1 << 20)
            if not chunk:
                raise _Ended("")
            self._seen += len(chunk)
            if self._seen > MAX_SHOWN:
                raise _Ended(f"it shows more than {MAX_SHOWN // MIB} MB")
            self._left += chunk
        line = bytes(self._left[:at])
        del self._left[: at + 1]
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


def _why(replay: Replay, ended: _Ended) -> str:
    if str(ended):
        return str(ended)
    code = replay.wait(5.0)
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
