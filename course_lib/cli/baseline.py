"""`updown baseline`: adopt a database that has no history."""

from __future__ import annotations

import argparse

from course_lib.migrations import Adopted, Refused, adopt, adopt_schema, read_folder

from .answer import Stopped, UsageError, add_json, answer
from .as_json import problem_json
from .places import add_database, add_migrations, find_database, find_migrations, opened


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `updown baseline` to its parser."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--to", metavar="NAME", help="record the files up to this one as applied, run none"
    )
    which.add_argument(
        "--name", metavar="NNN_WORDS", help="write the schema as this migration, record it"
    )
    parser.add_argument(
        "--accept-differences",
        action="store_true",
        help="with --to: record even if the files make another schema than the database has",
    )
    add_database(parser)
    add_migrations(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Record the baseline. 0: done. 1: refused, nothing was recorded. 2: options that clash."""
    if args.name and args.accept_differences:
        raise UsageError("--accept-differences goes with --to: --name writes what is there.")
    place = find_migrations(args)
    folder = read_folder(place)
    with opened(find_database(args), read_only=False) as con:
        if args.name:
            adopted = adopt_schema(con, place, args.name, folder)
        else:
            adopted = adopt(con, folder, args.to, accept_differences=args.accept_differences)
    if isinstance(adopted, Refused):
        raise Stopped(*adopted.problems)
    data: dict[str, object] = {
        "recorded": list(adopted.names),
        "accepted": [problem_json(problem) for problem in adopted.accepted],
    }
    return answer(args, _lines(adopted), data)


def _lines(adopted: Adopted) -> list[str]:
    lines = [f"Recorded as applied, without running it: {name}." for name in adopted.names]
    lines.extend(f"Accepted: {problem.where}: {problem.what}." for problem in adopted.accepted)
    return [*lines, "`up` will not run what is in place already, and begins after it."]
