"""`updown class extend LESSON LEARNER…`: more time than the due date says."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from datetime import datetime, timedelta

from course_lib.migrations import Problem

from .answer import Stopped, UsageError, add_json, answer
from .class_folder import add_course, open_class


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown class extend` to its parser."""
    parser.add_argument("lesson", metavar="LESSON", help="such as 04-adding-a-column")
    parser.add_argument("learners", metavar="LEARNER", nargs="+", help="ids; one or more")
    for unit in ("days", "hours"):
        what = f"how many {unit} longer; 0 takes the extension back"
        parser.add_argument(f"--{unit}", metavar="N", type=_number, help=what)
    add_course(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Extend. 0: it is written down. 1: refused, nothing was changed."""
    if args.days is None and args.hours is None:
        raise UsageError("Say how much longer: --days N, --hours N, or both.")
    course = open_class(args.course)
    from course_lib.classroom.extend import extend
    from course_lib.classroom.students import find_assignment

    assignment = find_assignment(course, args.lesson)
    if assignment is None:
        step = f"run `updown class release {args.lesson}`"
        raise Stopped(Problem("lesson", args.lesson, "no such lesson was generated", step))
    known = {learner.id for learner in assignment.learners}
    # Who is not on the roster gets into the gradebook when they are graded.
    known |= {path.parent.name for path in course.folder.glob(f"submitted/*/{args.lesson}")}
    unknown = [learner for learner in args.learners if learner not in known]
    if unknown:
        what, step = "there is no such learner", "look for the id in roster.csv or submitted/"
        raise Stopped(*(Problem("learner", one, what, step) for one in unknown))
    more = timedelta(days=args.days or 0, hours=args.hours or 0)
    extend(course, args.lesson, args.learners, more)
    due = None if assignment.due is None else assignment.due + more
    told = {"lesson": args.lesson, "learners": args.learners, "due": due and f"{due}Z"}
    return answer(args, _lines(args, due), told)


def _lines(args: Namespace, due: datetime | None) -> Iterator[str]:
    who = ", ".join(args.learners)
    if due is None:
        yield f"{who}: written down. {args.lesson} has no due date, so nobody is late."
        yield f"Set one with `updown class release {args.lesson} --due 2026-12-31T18:00`."
    else:
        yield f"{who}: {args.lesson} until {due:%Y-%m-%d %H:%M} UTC."


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 10_000:
        raise ArgumentTypeError("a number from 0 to 10,000 is asked for")
    return number
