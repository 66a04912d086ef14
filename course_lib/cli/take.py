"""`updown course take STUDENT ZIP`: a learner's zip, put where nbgrader looks for it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown course take` to its parser."""
    parser.add_argument("student", metavar="STUDENT", help="the learner's id in nbgrader")
    parser.add_argument("zip", metavar="ZIP", type=Path, help="the file that `updown pack` wrote")
    parser.add_argument(
        "--course",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the instructor's course folder (default: this one)",
    )


def run(args: Namespace) -> int:
    """Take the zip. 0: everything was taken. 1: something was refused; the rest was taken."""
    try:
        # Here and not above: the engine's commands run where Jupyter is not installed.
        from course_lib.grading.archive import take_archive
        from course_lib.notebook.errors import LessonError
    except ModuleNotFoundError as error:
        print(
            f"The course's notebooks need the package {error.name}, which is not installed. "
            'Install the course with its extra: pip install ".[notebook]".',
            file=sys.stderr,
        )
        return 1
    try:
        taken = take_archive(args.course, args.student, args.zip)
    except LessonError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(taken)
    return 1 if taken.refused else 0
