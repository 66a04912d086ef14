"""`updown class insight`: what a class has not understood, as one page and the CSV behind it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.counted import counted
from course_lib.migrations import Problem

from .answer import Stopped, add_json, answer, wants_json
from .class_folder import add_course, open_class

if TYPE_CHECKING:
    from course_lib.insight.report import Report

FOLDER = "insight"
MOST_NAMES = 10


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown class insight` to its parser."""
    parser.add_argument(
        "lessons",
        metavar="LESSON",
        nargs="*",
        help="such as 04-adding-a-column (default: all for which work was handed in)",
    )
    parser.add_argument(
        "--to",
        metavar="FOLDER",
        type=Path,
        help=f"where the page and the CSV go (default: {FOLDER}/ in the class's folder)",
    )
    parser.add_argument(
        "--no-names", action="store_true", help="leave out learners' names and ids everywhere"
    )
    add_course(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Write the report. 0: it is written. 1: refused, nothing was written."""
    course = open_class(args.course)
    from course_lib.insight.asked import AskedError
    from course_lib.insight.making import (
        UnknownLesson,
        choose_lessons,
        report_class,
        write_report,
    )

    try:
        lessons = choose_lessons(course.folder, args.lessons)
        if not lessons:
            step = "collect something first: `updown class collect LESSON`"
            raise Stopped(_problem("work", course.folder, "nothing was handed in yet", step))
        report = report_class(
            course,
            lessons,
            datetime.now(UTC),
            leave_names_out=args.no_names,
            on_exercise=lambda done, of: _tell(args, done, of),
        )
    except UnknownLesson as error:
        step = "name one of `source/`"
        raise Stopped(_problem("lesson", error, "the class has no such lesson", step)) from None
    except AskedError as error:
        step = "mend that file, or run `updown class new` again"
        raise Stopped(_problem("lesson", course.folder, str(error), step)) from None
    written = write_report(report, args.to if args.to is not None else course.folder / FOLDER)
    return answer(args, _lines(report, written), _data(report, written))


def _tell(args: Namespace, done: int, of: int) -> None:
    """A line that is written over, for people who wait at a terminal."""
    if sys.stderr.isatty() and not wants_json(args):
        end = "\n" if done == of else "\r"
        print(
            f"Known wrong answers: {done} of {of} exercises", end=end, file=sys.stderr, flush=True
        )


def _problem(kind: str, where: object, what: str, next_step: str) -> Problem:
    return Problem(kind, str(where), what, next_step)


def _lines(report: Report, written: Sequence[Path]) -> Iterator[str]:
    yield f"{counted(report.learners, 'learner')}, {counted(len(report.lessons), 'lesson')}."
    for one in report.repeats:
        yield f"{one.rank}. {one.part[0]}: {one.what} ({one.number} of {one.of} missed it)"
    if not report.repeats:
        yield "Nothing was missed by many."
    yield _who_is_stuck(list(dict.fromkeys(one.learner for one in report.stuck)))
    if report.unread:
        yield f"Records that could not be read, or not whole: {len(report.unread)}."
    yield f"The page is {written[0]}, with {len(written) - 1} CSV files beside it."


def _who_is_stuck(names: Sequence[str]) -> str:
    if not names:
        return "Nobody is stuck, by the records that were handed in."
    more = len(names) - MOST_NAMES
    rest = f", and {more} more in stuck.csv" if more > 0 else ""
    return f"Stuck now: {', '.join(names[:MOST_NAMES])}{rest}."


def _data(report: Report, written: Sequence[Path]) -> dict[str, object]:
    return {
        "learners": report.learners,
        "lessons": [lesson.name for lesson in report.lessons],
        "repeat": [
            {
                "rank": one.rank,
                "lesson": one.part[0],
                "part": one.part[1],
                "what": one.what,
                "missed": one.number,
                "of": one.of,
                "idea": one.idea,
                "why": one.why,
            }
            for one in report.repeats
        ],
        "stuck": len(report.stuck),
        "unread": len(report.unread),
        "files": [str(path) for path in written],
    }
