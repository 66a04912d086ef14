"""`updown unpack`: a zip that `updown pack` wrote, back into the course."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .with_notebooks import run_with_notebooks


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown unpack` to its parser."""
    parser.add_argument("zip", metavar="ZIP", type=Path, help="the file that `updown pack` wrote")


def run(args: Namespace) -> int:
    """Unpack. 0: everything came back. 1: something was refused; the rest came back."""

    def do() -> tuple[object, bool]:
        from course_lib.notebook.unpack import unpack

        unpacked = unpack(args.zip)
        return unpacked, not unpacked.refused

    return run_with_notebooks(do)
