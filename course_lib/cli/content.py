"""`updown course verify`: what has to be true of every exercise, tested from its own spec."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .answer import print_json, wants_json
from .check import add_course
from .exercise_files import find_specs


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "exercises",
        metavar="LESSON/EXERCISE",
        nargs="*",
        help="the exercises to verify (default: all, drafts as well)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")
    add_course(parser)


def run(args: argparse.Namespace) -> int:
    """Print a line for each exercise and one for each problem. 1 where there is a problem."""
    found: list[dict[str, object]] = []
    for path in find_specs(args.exercises, args.course):
        cases, problems = verify_spec(path)
        name = f"{path.parents[1].name}/{path.stem}"
        found.append({"exercise": name, "cases": cases, "problems": problems})
        if wants_json(args):
            continue
        if not problems:
            print(f"{name}: {cases} cases hold.", flush=True)
        for problem in problems:
            print(problem, file=sys.stderr)
    if wants_json(args):
        print_json({"exercises": found})
    return 1 if any(one["problems"] for one in found) else 0


def verify_spec(path: Path) -> tuple[int, list[str]]:
    """The number of cases, and a sentence with file and line for each that does not hold."""
    from course_lib.exercises import SpecError, load_spec
    from course_lib.exercises.content import content_cases

    problems = []
    number = 0
    try:
        for case in content_cases(load_spec(path)):
            number += 1
            problem = case.problem()
            if problem:
                problems.append(f"{path}, line {case.line}: {case.title}: {problem}")
    except SpecError as error:
        problems.append(f"{error}.")
    return number, problems
