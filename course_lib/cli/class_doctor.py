"""`updown class doctor`: whether a class can be graded here, and what to do."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .answer import add_json, print_json, wants_json
from .as_json import problem_json


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown class doctor` to its parser."""
    parser.add_argument(
        "dir",
        metavar="DIR",
        nargs="?",
        type=Path,
        default=Path(),
        help="the class's folder (default: this one)",
    )
    add_json(parser)


def run(args: Namespace) -> int:
    """Print a sentence for each finding. 0: none stops the week. 1: one does."""
    from course_lib.classroom.doctor import examine

    found = examine(args.dir)
    stopping = sum(finding.stops for finding in found)
    if wants_json(args):
        data = [{**problem_json(one.problem), "stops": one.stops} for one in found]
        print_json({"folder": str(args.dir.resolve()), "findings": data})
        return int(stopping > 0)
    for finding in found:
        print(finding)
    print(f"{stopping} to mend, {len(found) - stopping} to know." if found else "All is well.")
    return int(stopping > 0)
