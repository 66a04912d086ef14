"""`updown unpack`: a zip that `updown pack` wrote, back into the course."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown unpack` to its parser."""
    parser.add_argument("zip", metavar="ZIP", type=Path, help="the file that `updown pack` wrote")


def run(args: Namespace) -> int:
    """Unpack. 0: everything came back. 1: something was refused; the rest came back."""
    try:
        # Here and not above: the engine's commands run where Jupyter is not installed.
        from course_lib.notebook.errors import LessonError
        from course_lib.notebook.unpack import unpack
    except ModuleNotFoundError as error:
        print(
            f"The course's notebooks need the package {error.name}, which is not installed. "
            'Install the course with its extra: pip install ".[notebook]".',
            file=sys.stderr,
        )
        return 1
    try:
        unpacked = unpack(args.zip)
    except LessonError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(unpacked)
    return 1 if unpacked.refused else 0
