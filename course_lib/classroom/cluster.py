"""Submissions handed to the workers of a Dask cluster: the task is the one of a local worker.

Dask gives what a dead worker had to another, so many times as its scheduler allows. A task may so
be done twice: grading again gives the same, and one waits while the other has the submission.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import secrets
import time
import warnings
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from pathlib import Path

from distributed import Client, Future, KilledWorker

from course_lib.classroom.cluster_worker import (
    Sight,
    grade_at_worker,
    look,
    name_differences,
    versions,
)
from course_lib.classroom.graded import Graded, Submission
from course_lib.grading.lock import OWN_FOLDER
from course_lib.migrations import Problem

PATIENCE = 30.0
"""Seconds to wait for a scheduler, for its first worker, and for one in the place of the last."""

_LOOK_EVERY = 1.0


class ClusterLost(Exception):
    """The cluster cannot grade, or not any more. What was graded stays."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@contextlib.contextmanager
def connected(address: str, patience: float = PATIENCE) -> Iterator[Client]:
    """A client of the scheduler at this address, such as tcp://10.0.0.5:8786, that has a worker.

    What is still waiting when the block ends is taken back. Raises ClusterLost.
    """
    # Dask logs each lost connection with a traceback; here one sentence says it. It gives some of
    # its loggers a level of their own.
    for name in ("distributed", "distributed.client", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of other versions: `compare_workers` looks at them
            client = Client(address, timeout=patience, set_as_default=False)
    except (OSError, ValueError) as error:
        what = f"no scheduler answers there: {_one_line(error)}"
        step = "start it with `dask scheduler`, or mend the address"
        raise ClusterLost(Problem("scheduler", address, what, step)) from None
    try:
        try:
            client.wait_for_workers(1, timeout=patience)
        except TimeoutError:
            raise ClusterLost(_no_worker(address)) from None
        yield client
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=2)


def compare_workers(client: Client, course: Path, *, is_file: bool) -> tuple[Problem, ...]:
    """What of the workers does not fit this process and the course folder.

    `is_file` says that the gradebook is an SQLite file, which only one machine can write safely.
    """
    token = secrets.token_hex(16)
    place = course.resolve() / OWN_FOLDER / f"seen-{token}"
    place.parent.mkdir(exist_ok=True)
    place.write_text(token, encoding="utf-8")
    try:
        here = look(place, token)
        found = client.run(look, place, token, on_error="return")
    finally:
        place.unlink()
    return find_worker_problems(course.resolve(), here, found, is_file=is_file)


def find_worker_problems(
    course: Path, here: Sight, workers: Mapping[str, Sight | BaseException], *, is_file: bool
) -> tuple[Problem, ...]:
    """The problem of each worker by its address, where it has one: the first that has to be
    mended."""
    found = []
    for address, there in sorted(workers.items()):
        same = "install the course there from the same checkout, with the same pins"
        if not isinstance(there, Sight):
            what = f"it does not run the course's code: {_one_line(there)}"
            found.append(Problem("worker", address, what, same))
        elif other := name_differences(here.versions, there.versions):
            found.append(Problem("worker", address, f"it has {other}", same))
        elif not there.sees_course:
            what = f"it does not see {course}"
            step = "give it that folder, at the same path"
            found.append(Problem("worker", address, what, step))
        elif is_file and there.machine != here.machine:
            what = f"it is on {there.machine}, and the gradebook is a file, safe on one machine"
            step = "keep the gradebook on PostgreSQL: `updown class new DIR --gradebook URL`"
            found.append(Problem("worker", address, what, step))
    return tuple(found)


def grade_on_cluster(
    client: Client,
    address: str,
    course: Path,
    submissions: Sequence[Submission],
    *,
    run: str,
    anew: bool = False,
    patience: float = PATIENCE,
) -> Generator[Graded, None, None]:
    """Grade on the cluster; gives each result as it comes. `run` and `anew` are `grade_one`'s.

    Raises ClusterLost where the scheduler or the last worker is gone.
    """
    course = course.resolve()
    done: queue.SimpleQueue[Future[Graded]] = queue.SimpleQueue()
    waiting: dict[str, tuple[Future[Graded], Submission]] = {}
    for number, one in enumerate(submissions):
        key = f"grade-{run}-{number}"
        future = client.submit(
            grade_at_worker, course, one, run, anew, versions(), key=key, pure=False
        )
        future.add_done_callback(done.put)
        waiting[key] = (future, one)
    health = _Health(client, address, patience)
    while waiting:
        try:
            future = done.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            health.look()
            continue
        submission = waiting[str(future.key)][1]
        try:
            graded = future.result(timeout=_LOOK_EVERY)
        except TimeoutError:
            # The worker died before its answer was fetched, and Dask has it made again.
            future.add_done_callback(done.put)
            health.look()
            continue
        except KilledWorker as error:
            graded = _left_to_a_person(course, submission, error.allowed_failures + 1)
        except CancelledError:
            raise ClusterLost(health.scheduler_lost()) from None
        except Exception as error:  # noqa: BLE001  one submission never stops the others
            graded = Graded(submission.lesson, submission.student, "failed", why=_one_line(error))
        del waiting[str(future.key)]
        yield graded


class _Health:
    """Whether somebody is there who can grade what is left."""

    def __init__(self, client: Client, address: str, patience: float) -> None:
        self._client, self._address, self._patience = client, address, patience
        self._seen = time.monotonic()

    def look(self) -> None:
        """Raises ClusterLost."""
        if self._client.status != "running":
            raise ClusterLost(self.scheduler_lost())
        try:
            workers = self._client.nthreads()
        except Exception:  # noqa: BLE001  whatever stops it from answering
            raise ClusterLost(self.scheduler_lost()) from None
        now = time.monotonic()
        if workers:
            self._seen = now
        elif now - self._seen > self._patience:
            raise ClusterLost(_no_worker(self._address))

    def scheduler_lost(self) -> Problem:
        what = "the scheduler does not answer any more"
        return Problem("scheduler", self._address, what, "start it and its workers again")


def _no_worker(address: str) -> Problem:
    step = f"start one with `dask worker {address} --nthreads 1`"
    return Problem("scheduler", address, "it has no worker", step)


def _left_to_a_person(course: Path, submission: Submission, deaths: int) -> Graded:
    from course_lib.classroom.grade_one import give_up

    return give_up(course, submission.lesson, submission.student, f"its worker died {deaths} times")


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
