"""`updown new WORDS`: an empty migration with the next free number."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from course_lib.migrations import FORMATS, Problem, new_migration

from .places import add_migrations, find_migrations
from .settings import read_format


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `updown new` to its parser."""
    parser.add_argument("name", nargs="+", help="what it does, in words: add phone to users")
    add_migrations(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="the format of the file (default: the setting, the newest migration's, or sections)",
    )
    parser.add_argument(
        "--database", metavar="FILE", type=Path, help="taken for symmetry; not opened"
    )


def run(args: argparse.Namespace) -> int:
    """Write the file and print its path."""
    path = new_migration(find_migrations(args), " ".join(args.name), args.format or read_format())
    if isinstance(path, Problem):
        print(path, file=sys.stderr)
        return 1
    print(path)
    return 0
