"""Submissions handed to worker processes of this machine, one at a time to each.

A worker that dies loses nothing: what it had is given to another, and after a few deaths it is left
to a person. So one submission never stops the others.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import course_lib
from course_lib.classroom.graded import Graded, Submission, read_graded
from course_lib.grading.lock import OWN_FOLDER

TRIES = 3
"""How many workers a submission may cost."""

LOG = "log.txt"
_GRACE = 5.0


class NoWorkers(Exception):
    """Workers end before they grade anything. The text is one sentence."""


def grade_here(
    course: Path,
    submissions: Sequence[Submission],
    *,
    run: str,
    anew: bool = False,
    jobs: int = 1,
) -> Iterator[Graded]:
    """Grade with `jobs` workers; gives each result as it comes. `run` and `anew` are `grade_one`'s.

    When the iterator is closed or an exception ends it, the workers are ended too. Raises
    NoWorkers.
    """
    waiting = deque(_Job(one) for one in submissions)
    pool = _Pool(course, {"run": run, "anew": anew})
    with contextlib.closing(pool):
        while waiting or pool.busy:
            while waiting and len(pool.workers) < jobs:
                pool.start(waiting.popleft())
            for worker in pool.heard():
                job = worker.job
                if (answer := worker.answer()) is not None:
                    pool.answers += 1
                    if waiting:
                        worker.give(waiting.popleft())
                    else:
                        pool.dismiss(worker)
                    yield read_graded(answer)
                elif worker.is_gone:
                    job.deaths.append(pool.bury(worker))
                    if len(job.deaths) < TRIES:
                        waiting.append(job)
                    else:
                        yield _left_to_a_person(course, job)


@dataclass
class _Job:
    submission: Submission
    deaths: list[str] = field(default_factory=list)


class _Worker:
    def __init__(self, process: subprocess.Popen[bytes], more: dict[str, object]) -> None:
        assert process.stdin and process.stdout
        self.process, self.stdin, self.stdout = process, process.stdin, process.stdout
        self.job: _Job
        self.is_gone = False
        self._more, self._left = more, b""

    def give(self, job: _Job) -> None:
        self.job = job
        # One that has just died is found out by its output's end.
        with contextlib.suppress(BrokenPipeError):
            line = json.dumps({**asdict(job.submission), **self._more})
            self.stdin.write(line.encode() + b"\n")

    def answer(self) -> dict[str, object] | None:
        """The answer, if the whole of it has come."""
        chunk = os.read(self.stdout.fileno(), 1 << 20)
        self.is_gone = not chunk
        self._left += chunk
        line, end, rest = self._left.partition(b"\n")
        if not end:
            return None
        self._left = rest
        answer: dict[str, object] = json.loads(line)
        return answer


class _Pool:
    def __init__(self, course: Path, more: dict[str, object]) -> None:
        self.workers: list[_Worker] = []
        self.answers = 0
        self._deaths = 0
        self._leaving: list[subprocess.Popen[bytes]] = []
        self._course, self._more = course, more
        self._selector = selectors.DefaultSelector()
        log = course / OWN_FOLDER / LOG
        log.parent.mkdir(exist_ok=True)
        self._log = log.open("ab")

    @property
    def busy(self) -> bool:
        return bool(self.workers)

    def start(self, job: _Job) -> None:
        library = str(Path(course_lib.__file__).parents[1])
        path = os.pathsep.join(filter(None, [library, os.environ.get("PYTHONPATH", "")]))
        process = subprocess.Popen(
            # -P: a file of the folder named like a library must not be imported in its place.
            [sys.executable, "-P", "-m", "course_lib.classroom.grading_worker", str(self._course)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env={**os.environ, "PYTHONPATH": path},
            bufsize=0,
            # A Ctrl-C is for the one who started all of this.
            start_new_session=True,
        )
        worker = _Worker(process, self._more)
        self.workers.append(worker)
        self._selector.register(worker.stdout, selectors.EVENT_READ, worker)
        worker.give(job)

    def heard(self) -> list[_Worker]:
        return [key.data for key, _ in self._selector.select()]

    def bury(self, worker: _Worker) -> str:
        """Take a worker out that is gone; says how it ended."""
        self._take_out(worker)
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.process.wait(_GRACE)
        worker.process.kill()
        code = worker.process.wait()
        self._deaths += 1
        if not self.answers and self._deaths >= 2 * TRIES:
            raise NoWorkers(
                f"Workers end before they grade anything, and {self._log.name} says why."
            )
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"

    def dismiss(self, worker: _Worker) -> None:
        """Let a worker go that has nothing more to do."""
        self._take_out(worker)
        self._leaving.append(worker.process)

    def close(self) -> None:
        """End all workers, and what they have started."""
        for worker in list(self.workers):
            worker.process.terminate()
            self.dismiss(worker)
        end = time.monotonic() + _GRACE
        for process in self._leaving:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, end - time.monotonic()))
            process.kill()
            process.wait()
        self._selector.close()
        self._log.close()

    def _take_out(self, worker: _Worker) -> None:
        self._selector.unregister(worker.stdout)
        self.workers.remove(worker)
        worker.stdin.close()
        worker.stdout.close()


def _left_to_a_person(course: Path, job: _Job) -> Graded:
    from course_lib.classroom.grade_one import give_up

    why = f"its worker died {len(job.deaths)} times ({', '.join(job.deaths)})"
    return give_up(course, job.submission.lesson, job.submission.student, why)
