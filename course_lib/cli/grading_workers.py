"""Who grades for `updown class grade`: workers of this machine, or those of a Dask cluster."""

from __future__ import annotations

import contextlib
import os
from argparse import Namespace
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING

from course_lib.migrations import Problem

from .answer import Stopped

if TYPE_CHECKING:
    from course_lib.classroom.course_folder import CourseFolder
    from course_lib.classroom.graded import Graded, Submission
    from course_lib.classroom.grading_run import Run

Grade = Callable[["Run", Sequence["Submission"]], Generator["Graded", None, None]]
"""Grades the submissions of a run; gives each result as it comes."""


@contextlib.contextmanager
def workers(args: Namespace, course: CourseFolder) -> Iterator[Grade]:
    """The workers that the command line asks for, until the end of the block. Raises Stopped where
    they cannot grade, or not any more."""
    from course_lib.classroom.grading_desk import sweep

    sweep(course.folder)
    with _cluster(args.scheduler, course) if args.scheduler else _here(args, course) as grade:
        yield grade


@contextlib.contextmanager
def _here(args: Namespace, course: CourseFolder) -> Iterator[Grade]:
    from course_lib.classroom.worker_pool import NoWorkers, grade_here

    def grade(run: Run, submissions: Sequence[Submission]) -> Generator[Graded, None, None]:
        jobs = args.jobs or os.cpu_count() or 1
        return grade_here(course.folder, submissions, run=run.name, anew=run.anew, jobs=jobs)

    try:
        yield grade
    except NoWorkers as error:
        step = "run `updown class doctor`"
        raise Stopped(Problem("workers", "", str(error).rstrip("."), step)) from None


@contextlib.contextmanager
def _cluster(address: str, course: CourseFolder) -> Iterator[Grade]:
    try:
        from course_lib.classroom.cluster import (
            ClusterLost,
            compare_workers,
            connected,
            grade_on_cluster,
        )
    except ModuleNotFoundError as error:
        what = f"a cluster needs the package {error.name}, which is not installed"
        step = "run `pip install 'up-and-down[dask]'` in the course's environment, here and there"
        raise Stopped(Problem("packages", "", what, step)) from None
    try:
        with connected(address) as client:
            is_file = course.database.startswith("sqlite")
            if problems := compare_workers(client, course.folder, is_file=is_file):
                raise Stopped(*problems)

            def grade(run: Run, submissions: Sequence[Submission]) -> Generator[Graded, None, None]:
                return grade_on_cluster(
                    client, address, course.folder, submissions, run=run.name, anew=run.anew
                )

            yield grade
    except ClusterLost as lost:
        raise Stopped(_with_the_next_step(lost.problem)) from None


def _with_the_next_step(problem: Problem) -> Problem:
    step = f"{problem.next_step}, then run this again: what was graded stays"
    return Problem(problem.kind, problem.where, problem.what, step)
