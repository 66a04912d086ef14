"""`updown diff`: two databases, or a database against its history."""

from __future__ import annotations

import argparse
from pathlib import Path

from course_lib.migrations import (
    Difference,
    Problem,
    diff,
    difference_lines,
    read_applied,
    read_expected,
    read_folder,
    read_schema,
)

from .answer import Stopped, UsageError, add_json, answer
from .as_json import difference_json
from .places import add_database, add_migrations, find_database, find_migrations, opened


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `updown diff` to its parser."""
    parser.add_argument(
        "files",
        metavar="FILE",
        type=Path,
        nargs="*",
        help="two databases: what the first is, and what the second makes expect",
    )
    add_database(parser)
    add_migrations(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the differences. 0: there is none. 1: there are some, or they cannot be told."""
    if len(args.files) not in (0, 2):
        raise UsageError(
            f"Name two databases, or none for a database against its history: {len(args.files)}"
            " named."
        )
    if args.files and (args.database or args.migrations):
        raise UsageError(
            "Two databases are compared with each other: leave --database and --migrations out."
        )
    differences = _files(*args.files) if args.files else _history(args)
    data: dict[str, object] = {"differences": [difference_json(found) for found in differences]}
    answer(args, difference_lines(differences), data)
    return 1 if differences else 0


def _files(first: Path, second: Path) -> tuple[Difference, ...]:
    with opened(first, read_only=True) as con:
        found = read_schema(con)
    with opened(second, read_only=True) as con:
        return diff(found, read_schema(con))


def _history(args: argparse.Namespace) -> tuple[Difference, ...]:
    folder = read_folder(find_migrations(args))
    with opened(find_database(args), read_only=True) as con:
        expected = read_expected(con, folder, read_applied(con))
        if isinstance(expected, Problem):
            raise Stopped(expected)
        return diff(read_schema(con), expected)
