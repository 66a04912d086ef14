"""The one program of this process that forks replays: started when it is needed, asked, restarted.

It is started anew where it has died, and where the environment has changed that it was given.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import course_lib

_SECONDS_TO_START = 120.0
_END_OF_LOG = 4000
_lock = threading.Lock()
_current: _Server | None = None


class ServerLostError(Exception):
    """The server has died, or cannot be started; the text is for the instructor's log."""


@dataclass(frozen=True)
class Replay:
    """A child of the server, with the ends of its pipes that are ours."""

    pid: int
    stdin: IO[bytes]
    stdout: IO[bytes]
    _server: _Server

    def wait(self, seconds: float) -> int | None:
        """End the child, which may take so long to end by itself. Its exit code, negative for a
        signal; None for one that was killed. To be called once. Raises ServerLostError."""
        return self._server.end(self.pid, seconds)


@contextlib.contextmanager
def forked(folder: Path, log: IO[bytes]) -> Iterator[Replay]:
    """A process that waits for the job of `replay_child.py`; what it says to us goes to `log`.

    What cells in `folder` need of the instructor's is made ready first, once.

    It and all that it started in its group are gone when the block ends. Raises ServerLostError.
    """
    theirs_in, ours_in = os.pipe()
    ours_out, theirs_out = os.pipe()
    with os.fdopen(ours_in, "wb", 0) as stdin, os.fdopen(ours_out, "rb", 0) as stdout:
        try:
            server, pid = _fork(folder, [theirs_in, theirs_out, log.fileno()])
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        try:
            yield Replay(pid, stdin, stdout, server)
        finally:
            with contextlib.suppress(ServerLostError):
                server.end(pid, 0.0)


def _fork(folder: Path, descriptors: list[int]) -> tuple[_Server, int]:
    global _current
    with _lock:
        if _current is not None and not _current.is_as_now():
            _current.close()
            _current = None
        if _current is not None:
            # It may have been killed since, which is no reason to leave a submission ungraded.
            with contextlib.suppress(ServerLostError):
                return _current, _current.fork(folder, descriptors)
            _current.close()
        _current = _Server()
        return _current, _current.fork(folder, descriptors)


class _Server:
    """The program and our end of its socket. One request at a time."""

    def __init__(self) -> None:
        self._environment = dict(os.environ)
        self._asking = threading.Lock()
        self._running: set[int] = set()
        self._out_of_step = False
        self._log = _log()
        self._socket, theirs = socket.socketpair()
        self._socket.settimeout(_SECONDS_TO_START)
        with theirs:
            self._process = subprocess.Popen(
                # -P: a file of the folder named like a library must not be imported in its place.
                [sys.executable, "-P", "-m", "course_lib.grading.worker"],
                cwd="/",
                env=_environment(),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=self._log,
                start_new_session=True,
            )

    def is_as_now(self) -> bool:
        """Whether it runs, with the environment that this process has now."""
        same = self._environment == dict(os.environ) and not self._out_of_step
        return same and self._process.poll() is None

    def fork(self, folder: Path, descriptors: list[int]) -> int:
        """A child with these as its input, output and log. Raises ServerLostError."""
        pid = int(self._ask({"fork": str(folder)}, descriptors)["pid"])
        self._running.add(pid)
        return pid

    def end(self, pid: int, seconds: float) -> int | None:
        """See `Replay.wait`; a second call gives None."""
        if pid not in self._running:
            return None
        self._running.discard(pid)
        try:
            code = self._ask({"end": pid, "seconds": seconds})["code"]
        except ServerLostError:
            # The system kills children of a server that was killed; of their groups it knows none.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
            raise
        return None if code is None else int(code)

    def close(self) -> None:
        """Let it end, and see that it has."""
        self._socket.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def leave(self) -> None:
        """Have nothing to do with it any more: it is another process's."""
        self._socket.close()
        self._log.close()

    def _ask(self, request: dict[str, Any], descriptors: list[int] | None = None) -> dict[str, Any]:
        line = json.dumps(request).encode() + b"\n"
        with self._asking:
            if self._out_of_step:
                raise ServerLostError("a request to it was interrupted")
            self._out_of_step = True
            try:
                socket.send_fds(self._socket, [line], descriptors or [])
                answer = self._socket.recv(1 << 16)
            except OSError as error:
                raise ServerLostError(f"{error}\n{self._told()}") from None
        if not answer:
            raise ServerLostError(self._told())
        # Ctrl-C in between would leave an answer that the next request takes for its own.
        self._out_of_step = False
        found: dict[str, Any] = json.loads(answer)
        return found

    def _told(self) -> str:
        size = self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, size - _END_OF_LOG))
        return self._log.read().decode(errors="replace").strip()


def _log() -> IO[bytes]:
    return tempfile.TemporaryFile()


def _environment() -> dict[str, str]:
    # Where the library lies in the path of this process, it does in the server's too.
    library = str(Path(course_lib.__file__).parents[1])
    path = os.pathsep.join(filter(None, [library, os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "2"}


@atexit.register
def _close() -> None:
    if _current is not None:
        _current.close()


def _leave() -> None:
    """In a fork of this process: one that holds the socket would keep the server alive."""
    global _current, _lock
    _lock = threading.Lock()
    if _current is not None:
        _current.leave()
        _current = None


os.register_at_fork(after_in_child=_leave)
