"""`updown pack`: a learner's notebooks, answers and migrations into one zip file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown pack` to its parser."""
    parser.add_argument(
        "zip",
        metavar="ZIP",
        nargs="?",
        type=Path,
        help="the file to write (default: my-work-<UTC time>.zip in notebooks/)",
    )


def run(args: Namespace) -> int:
    """Pack. 0: the path is on standard output. 1: refused, with the reason on standard error."""
    try:
        # Here and not above: the engine's commands run where Jupyter is not installed.
        from course_lib.notebook.errors import LessonError
        from course_lib.notebook.pack import pack
    except ModuleNotFoundError as error:
        print(
            f"The course's notebooks need the package {error.name}, which is not installed. "
            'Install the course with its extra: pip install ".[notebook]".',
            file=sys.stderr,
        )
        return 1
    try:
        print(pack(target=args.zip))
    except LessonError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0
