"""`updown course take STUDENT ZIP`: a learner's zip, put where nbgrader looks for it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from .with_notebooks import run_with_notebooks


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown course take` to its parser."""
    parser.add_argument("student", metavar="STUDENT", help="the learner's id in nbgrader")
    parser.add_argument("zip", metavar="ZIP", type=Path, help="the file that `updown pack` wrote")
    parser.add_argument(
        "--course",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the instructor's course folder (default: this one)",
    )


def run(args: Namespace) -> int:
    """Take the zip. 0: all on lessons that were released was taken. 1: something was refused; the
    rest was taken."""

    def do() -> tuple[object, bool]:
        from course_lib.classroom.roster import ROSTER, read_roster
        from course_lib.grading.archive import take_archive

        taken = take_archive(args.course, args.student, args.zip)
        roster = read_roster(args.course / ROSTER).learners
        # A slip in the id would make a learner of its own.
        is_listed = any(learner.id == args.student for learner in roster)
        told = str(taken) if is_listed else f"{taken}\n{args.student} is not on the roster."
        return told, not taken.work.refused

    return run_with_notebooks(do)
