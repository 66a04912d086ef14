"""`updown course hint LESSON/EXERCISE`: one of its three hints, the first if none is named."""

from __future__ import annotations

import argparse
import sys

from .check import add_exercise
from .exercise_files import find_exercise

TIERS = ("where to look", "the idea", "the first statement")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add_exercise(parser)
    parser.add_argument(
        "--tier",
        type=int,
        choices=(1, 2, 3),
        default=1,
        help="1 where to look, 2 the idea, 3 the first statement (default: 1)",
    )


def run(args: argparse.Namespace) -> int:
    """Print the hint, and how to get the next. 1 for an exercise that cannot be used."""
    from course_lib.exercises import SpecError

    try:
        task = find_exercise(args.exercise, args.course).task
    except SpecError as problem:
        print(f"The exercise cannot be used: {problem}.", file=sys.stderr)
        return 1
    print(f"Hint {args.tier} of {len(TIERS)}, {TIERS[args.tier - 1]}: {task.hints[args.tier - 1]}")
    if args.tier < len(TIERS):
        following = f"updown course hint {args.exercise} --tier {args.tier + 1}"
        print(f"The next one, {TIERS[args.tier]}: {following}")
    return 0
