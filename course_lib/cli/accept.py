"""`updown accept`: a file that was changed after it was applied is the one that was applied."""

from __future__ import annotations

import argparse

from course_lib.migrations import Refused, accept_file, read_folder

from .answer import Stopped, add_json, answer
from .as_json import problem_json
from .places import add_database, add_migrations, find_database, find_migrations, opened


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `updown accept` to its parser."""
    parser.add_argument("name", metavar="NAME", help="the migration, by its name or number")
    parser.add_argument(
        "--accept-differences",
        action="store_true",
        help="also if the files make another schema than the database has",
    )
    add_database(parser)
    add_migrations(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Record the file. 0: done. 1: refused, nothing was recorded."""
    folder = read_folder(find_migrations(args))
    with opened(find_database(args), read_only=False) as con:
        taken = accept_file(con, folder, args.name, accept_differences=args.accept_differences)
    if isinstance(taken, Refused):
        raise Stopped(*taken.problems)
    lines = [f"The file of {taken.name} is now the one that was applied. Nothing was run."]
    lines += [f"Accepted: {problem.where}: {problem.what}." for problem in taken.accepted]
    data: dict[str, object] = {
        "recorded": taken.name,
        "accepted": [problem_json(problem) for problem in taken.accepted],
    }
    return answer(args, lines, data)
