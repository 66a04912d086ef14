"""A real JupyterLab, served as `bootstrap.py lab` serves it, on a copy of the course."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue

from delivery.checkout import Checkout
from delivery.lab import course_environment

QUIET = ("--no-browser", "--ServerApp.port=0")
ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+)(/\S*)\?token=(\w+)")


@dataclass(frozen=True)
class LabServer:
    """Where a server listens: `base` is its root, `start` the page it opens, with the token.

    `said` is what it printed until then.
    """

    base: str
    start: str
    token: str
    said: str

    def url(self, path: str) -> str:
        return f"{self.base}{path}?token={self.token}"


@contextmanager
def serve_lab(folder: Path, outer: Mapping[str, str] = os.environ) -> Iterator[LabServer]:
    """Serve `folder`, which holds `etc/` and `notebooks/`, with the Python that runs the tests."""
    environment = course_environment(Checkout(folder), outer)
    scripts = str(Path(sys.executable).parent)
    environment["PATH"] = os.pathsep.join([scripts, environment["PATH"]])
    command = [sys.executable, "-m", "jupyterlab", "--allow-root", *QUIET]
    with serve(command, folder, environment) as server:
        yield server


@contextmanager
def serve(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float = 90
) -> Iterator[LabServer]:
    """Run a command that starts JupyterLab, until it listens; it has `seconds` for each line."""
    server = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    lines: Queue[str] = Queue()
    # Someone has to read on, or the server stops when the pipe is full.
    threading.Thread(target=_pump, args=(server, lines), daemon=True).start()
    try:
        yield _address(lines, seconds)
    finally:
        # The group, since the command may be make, with the server under it.
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(60)


def _pump(server: subprocess.Popen[str], lines: Queue[str]) -> None:
    assert server.stdout is not None
    for line in server.stdout:
        lines.put(line)
    lines.put("")


def _address(lines: Queue[str], seconds: float) -> LabServer:
    seen: list[str] = []
    while True:
        try:
            seen.append(lines.get(timeout=seconds))
        except Empty:
            raise AssertionError(f"JupyterLab did not start:\n{''.join(seen)}") from None
        assert seen[-1], f"JupyterLab ended:\n{''.join(seen)}"
        found = ADDRESS.search(seen[-1])
        if found:
            base, path, token = found.groups()
            _wait_until_it_listens(base, seconds)
            return LabServer(base, f"{base}{path}?token={token}", token, "".join(seen))


def _wait_until_it_listens(base: str, seconds: float) -> None:
    """The address is printed a moment before the first connection is taken."""
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(f"{base}/api", timeout=5).close()
            return
        except OSError:
            assert time.monotonic() < end, f"{base} does not answer"
            time.sleep(0.1)
