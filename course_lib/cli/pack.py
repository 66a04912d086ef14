"""`updown pack`: a learner's notebooks, answers and migrations into one zip file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .with_notebooks import run_with_notebooks


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

    def do() -> tuple[object, bool]:
        from course_lib.notebook.pack import pack

        return pack(target=args.zip), True

    return run_with_notebooks(do)
