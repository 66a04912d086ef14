"""`updown class extend LESSON LEARNER…`: more time than the due date says."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from course_lib.migrations import Problem

from .answer import Stopped, UsageError, add_json, answer
from .class_folder import add_course, find_released, open_class
from .due_time import due_time

if TYPE_CHECKING:
    from course_lib.classroom.course_folder import CourseFolder
    from course_lib.classroom.students import Assignment

_NAMED = 10
"""More than that are counted and not named."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown class extend` to its parser."""
    parser.add_argument("lesson", metavar="LESSON", help="such as 04-adding-a-column")
    parser.add_argument("learners", metavar="LEARNER", nargs="*", help="ids; one or more")
    parser.add_argument(
        "--all",
        action="store_true",
        help="everybody who is in the class now; who has more time already keeps it",
    )
    for unit in ("days", "hours"):
        what = f"how many {unit} longer; 0 takes the extension back"
        parser.add_argument(f"--{unit}", metavar="N", type=_number, help=what)
    parser.add_argument(
        "--until",
        metavar="TIME",
        type=due_time,
        help="until when instead, such as 2026-12-31T18:00 in this machine's zone",
    )
    add_course(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Extend. 0: it is written down. 1: refused, nothing was changed."""
    _see_what_is_asked(args)
    course = open_class(args.course)
    from course_lib.classroom.extend import extend

    assignment = find_released(course, args.lesson)
    more = _how_much(args, assignment)
    learners, kept = _who(args, course, assignment, more)
    extend(course, args.lesson, learners, more)
    due = None if assignment.due is None else assignment.due + more
    told = {"lesson": args.lesson, "learners": learners, "due": due and f"{due}Z", "kept": kept}
    return answer(args, _lines(args.lesson, learners, kept, due), told)


def _see_what_is_asked(args: Namespace) -> None:
    by_length = args.days is not None or args.hours is not None
    if by_length == (args.until is not None):
        raise UsageError("Say how much longer: --days N, --hours N or both, or else --until TIME.")
    if args.all == bool(args.learners):
        raise UsageError("Name learners, or everybody: --all.")


def _how_much(args: Namespace, assignment: Assignment) -> timedelta:
    if args.until is None:
        return timedelta(days=args.days or 0, hours=args.hours or 0)
    if assignment.due is None:
        what = "it has no due date, so nobody is late"
        step = f"set one with `updown class release {args.lesson} --due TIME`"
        raise Stopped(Problem("lesson", args.lesson, what, step))
    more: timedelta = args.until.astimezone(UTC).replace(tzinfo=None) - assignment.due
    if more <= timedelta():
        what = f"that is not after its due date, {assignment.due:%Y-%m-%d %H:%M} UTC"
        step = "name a later time, or take an extension back with --days 0"
        raise Stopped(Problem("lesson", args.lesson, what, step))
    return more


def _who(
    args: Namespace, course: CourseFolder, assignment: Assignment, more: timedelta
) -> tuple[list[str], list[str]]:
    """Who gets the time, and who of all keeps a longer one."""
    known = {learner.id for learner in assignment.learners}
    # Who is not on the roster gets into the gradebook when they are graded.
    known |= {path.parent.name for path in course.folder.glob(f"submitted/*/{args.lesson}")}
    if args.all:
        longer = {one for one, has in assignment.extended.items() if more and has > more}
        return sorted(known - longer), sorted(known & longer)
    unknown = [learner for learner in args.learners if learner not in known]
    if unknown:
        what, step = "there is no such learner", "look for the id in roster.csv or submitted/"
        raise Stopped(*(Problem("learner", one, what, step) for one in unknown))
    return args.learners, []


def _lines(
    lesson: str, learners: Sequence[str], kept: Sequence[str], due: datetime | None
) -> Iterator[str]:
    who = ", ".join(learners) if 0 < len(learners) <= _NAMED else f"{len(learners)} learners"
    if due is None:
        yield f"{who}: written down. {lesson} has no due date, so nobody is late."
        yield f"Set one with `updown class release {lesson} --due 2026-12-31T18:00`."
    else:
        yield f"{who}: {lesson} until {due:%Y-%m-%d %H:%M} UTC."
    if kept:
        yield f"They have more time already, and keep it: {', '.join(kept)}."


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 10_000:
        raise ArgumentTypeError("a number from 0 to 10,000 is asked for")
    return number
