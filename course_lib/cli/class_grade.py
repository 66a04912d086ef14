"""`updown class grade LESSON…`: grade a class, many at a time, and again only what changed."""

from __future__ import annotations

import contextlib
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from course_lib.migrations import Problem

from .answer import Stopped, UsageError, add_json, answer
from .class_folder import add_course, find_released, open_class
from .grading_progress import grading_progress
from .grading_summary import Summary
from .grading_workers import workers
from .interrupted import KIND, Interrupted

if TYPE_CHECKING:
    from course_lib.classroom.course_folder import CourseFolder
    from course_lib.classroom.grading_run import Run


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown class grade` to its parser."""
    parser.add_argument(
        "lessons", metavar="LESSON", nargs="*", help="such as 04-adding-a-column; one or more"
    )
    parser.add_argument(
        "--student",
        dest="students",
        metavar="ID",
        action="append",
        default=[],
        help="grade this learner alone; may be repeated (default: everybody who handed in)",
    )
    parser.add_argument(
        "--jobs",
        type=_number,
        metavar="N",
        help="how many are graded at a time, on this machine (default: one for each core)",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="grade on the Dask cluster of this scheduler, such as tcp://10.0.0.5:8786; its workers"
        " need the class's folder at the same path",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="grade what has not changed too (default: what changed since it was graded: the"
        " submission, its due date, the lesson, its exercises, the secret, or the versions of the"
        " course and of DuckDB)",
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help="go on with the last run that was stopped, with its learners and its --all; what it"
        " has graded stays. Without LESSON also its lessons. Nothing to go on with: a run like any"
        " other. (A run without --all needs no --resume: it finds what is left by itself.)",
    )
    add_course(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Grade. 0: each submission has what a program can give. 1: one was not graded."""
    if not args.lessons and not args.resume:
        raise UsageError("Name a lesson, or more, or go on with a run that was stopped: --resume.")
    if args.scheduler and args.jobs:
        raise UsageError("A cluster has its own workers: leave out --jobs or --scheduler.")
    course = open_class(args.course)
    from course_lib.classroom.grading_run import find_submissions, under_way

    wanted = _wanted(args, course)
    submissions = find_submissions(course, wanted)
    _see_that_all_are_there(course, wanted, {one.student for one in submissions})
    summary, began = Summary(wanted.lessons), time.monotonic()
    try:
        with (
            workers(args, course) as grade,
            under_way(course.folder, wanted),
            grading_progress(args, len(submissions)) as one_more,
            contextlib.closing(grade(wanted, submissions)) as results,
        ):
            one_more()
            for graded in results:
                summary.results.append(graded)
                one_more()
    except KeyboardInterrupt:
        done = f"{len(summary.results):,} of {len(submissions):,}"
        what = f"Interrupted: {done} were graded, and nothing of it is lost"
        step = "`updown class grade --resume` goes on with the others"
        raise Interrupted(Problem(KIND, "", what, step)) from None
    summary.seconds = time.monotonic() - began
    return answer(args, summary.lines(), summary.data(), summary.problems())


def _wanted(args: Namespace, course: CourseFolder) -> Run:
    from course_lib.classroom.grading_run import last_unfinished, new_run

    if args.resume:
        stopped = last_unfinished(course.folder)
        if stopped is not None and (not args.lessons or stopped.lessons == tuple(args.lessons)):
            return stopped
        if not args.lessons:
            step = "name the lessons to grade"
            raise Stopped(Problem("run", "", "no run of this class was stopped", step))
    return new_run(args.lessons, args.students, args.all)


def _see_that_all_are_there(course: CourseFolder, run: Run, there: set[str]) -> None:
    for lesson in run.lessons:
        find_released(course, lesson)
    lacking = [student for student in run.students if student not in there]
    if lacking:
        what = "they handed in nothing of it"
        step = "look for the id in submitted/"
        raise Stopped(*(Problem("student", one, what, step) for one in lacking))


def _number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise ArgumentTypeError("a number from 1 to 1000 is asked for")
    return int(text)
