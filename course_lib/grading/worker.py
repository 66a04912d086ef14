"""The program that replays submissions: it imports everything once, and forks for each of them.

Its standard input is a socket to the process that grades, which asks in lines of JSON:

- `{"fork": "/folder/of/the/lesson"}`, with three descriptors: a child has them as input, output and
  log, and replays one submission (`replay_child.py`). Answered by `{"pid": 123}`.
- `{"end": 123, "seconds": 5.0}`: the child may take so long to end by itself, then it is killed,
  and so is all that is left of its group. Answered by `{"code": 0}`, null where it was killed.

A child stays known until it is ended here, so its number is nobody else's meanwhile. When the
socket closes, this program ends with all its children. It has one thread, as the forks have: of
DuckDB it opens only what makes none.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import signal
import socket
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.grading.made_ready import MadeReady

MOST = 1 << 16
"""Bytes of a line; they have far less."""

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Answer what is asked until nobody is there any more."""
    from course_lib.grading.made_ready import MadeReady
    from course_lib.grading.opened_ahead import open_instances
    from course_lib.grading.replay_child import load

    load()
    open_instances()
    ready = MadeReady()
    # What is imported stays, so no child has to walk, and thereby copy, all of it.
    gc.collect()
    gc.freeze()
    children: set[int] = set()
    with socket.socket(fileno=os.dup(0)) as asked:
        try:
            _serve(asked, children, ready)
        finally:
            for pid in children:
                _kill(pid)


def _serve(asked: socket.socket, children: set[int], ready: MadeReady) -> None:
    while True:
        line, descriptors, _, _ = socket.recv_fds(asked, MOST, 3)
        if not line:
            return
        request = json.loads(line)
        if "fork" in request:
            _see_to(ready, Path(request["fork"]))
            pid = _fork(asked, descriptors)
            children.add(pid)
            answer: dict[str, int | None] = {"pid": pid}
        else:
            pid = request["end"]
            answer = {"code": _end(pid, request["seconds"])}
            children.discard(pid)
        asked.sendall(json.dumps(answer).encode() + b"\n")


def _see_to(ready: MadeReady, folder: Path) -> None:
    try:
        ready.see_to(folder)
    except Exception:  # noqa: BLE001  the replay meets the same, and tells it where it belongs
        traceback.print_exc()


def _fork(asked: socket.socket, descriptors: list[int]) -> int:
    server = os.getpid()
    pid = os.fork()
    if pid:
        for descriptor in descriptors:
            os.close(descriptor)
        return pid
    code = 1
    try:
        os.setsid()
        _die_with(server)
        asked.close()
        for place, descriptor in enumerate(descriptors):
            os.dup2(descriptor, place)
            os.close(descriptor)
        from course_lib.grading.replay_child import replay

        replay()
        code = 0
    except BaseException:  # noqa: BLE001  nothing of a child may come back into the loop above
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        # No destructors: those of what was imported are the server's to run.
        os._exit(code)


def _die_with(server: int) -> None:
    """Have the system kill this process when the server is killed; only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != server:
            os._exit(1)


def _end(pid: int, seconds: float) -> int | None:
    """The exit code, negative for a signal; None for a child that had to be killed."""
    end = time.monotonic() + seconds
    found, status = os.waitpid(pid, os.WNOHANG)
    while not found and time.monotonic() < end:
        time.sleep(0.002)
        found, status = os.waitpid(pid, os.WNOHANG)
    _kill(pid, itself=not found)
    if not found:
        os.waitpid(pid, 0)
        return None
    return os.waitstatus_to_exitcode(status)


def _kill(pid: int, *, itself: bool = True) -> None:
    """Kill a child's group, and the child `itself`, which may not have its group yet."""
    if itself:
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
