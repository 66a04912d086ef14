"""A real Dask scheduler and real workers on this machine, each a program of its own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.classroom.graded_class import kill, wait_until
from tests.grading.class_folder import ROOT


class DaskCluster:
    """The programs of a cluster, as an instructor starts them; `address` is the scheduler's."""

    def __init__(self, space: Path) -> None:
        self._space = space
        self._log = (space / "log.txt").open("ab")
        self.workers: list[subprocess.Popen[bytes]] = []
        file = space / "scheduler.json"
        options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"]
        self.scheduler = self._start("scheduler", *options, "--scheduler-file", str(file))
        wait_until(file.is_file)
        wait_until(lambda: file.read_text().rstrip().endswith("}"))
        self.address: str = json.loads(file.read_text())["address"]

    def add_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """Start one worker, of one thread, without a nanny: a dead one stays dead."""
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
        space = tempfile.mkdtemp(dir=self._space)
        command = ("worker", self.address, *options, "--local-directory", space)
        self.workers.append(self._start(*command, **environment))
        return self.workers[-1]

    def words(self) -> str:
        """What all of them have logged."""
        return (self._space / "log.txt").read_text(encoding="utf-8", errors="replace")

    def close(self) -> None:
        """End all of them, at once."""
        for process in (self.scheduler, *self.workers):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._log.close()

    def _start(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "dask", *words],
            cwd=self._space,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )


@contextlib.contextmanager
def dask_cluster(space: Path, workers: int = 0) -> Iterator[DaskCluster]:
    """A scheduler with so many workers; all are gone at the end of the block."""
    space.mkdir(parents=True, exist_ok=True)
    cluster = DaskCluster(space)
    try:
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.close()


def kill_now(process: subprocess.Popen[bytes]) -> None:
    """kill -9, and wait until it is gone."""
    kill(process.pid)
    process.wait()
