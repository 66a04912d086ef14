"""`updown class release LESSON…`: hand a lesson out, through the exchange where there is one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from course_lib.migrations import Problem

from .answer import Stopped, add_json, answer
from .class_folder import add_course, open_class
from .due_time import due_time

if TYPE_CHECKING:
    from course_lib.classroom.release import Released


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown class release` to its parser."""
    parser.add_argument(
        "lessons", metavar="LESSON", nargs="+", help="such as 04-adding-a-column; one or more"
    )
    parser.add_argument(
        "--due",
        metavar="TIME",
        type=due_time,
        help="until when they are handed in, such as 2026-12-31T18:00 in this machine's zone, or"
        " with one: 2026-12-31T18:00+01:00 (default: as before; at first, any time)",
    )
    add_course(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Release. 0: each lesson can be handed out. 1: one cannot, and the reason is told."""
    course = open_class(args.course)
    from course_lib.classroom.extend import set_due
    from course_lib.classroom.nbgrader_api import StepError
    from course_lib.classroom.release import lessons_to_release, release_lesson

    known = lessons_to_release(course)
    wanted = list(dict.fromkeys(args.lessons))
    unknown = [lesson for lesson in wanted if lesson not in known]
    if unknown:
        what, step = "the class has no such lesson", "name one of `source/`"
        raise Stopped(*(Problem("lesson", lesson, what, step) for lesson in unknown))
    released, problems = [], []
    for lesson in wanted:
        try:
            released.append(release_lesson(course, lesson))
            if args.due is not None:
                set_due(course, lesson, args.due)
        except StepError as error:
            step = "mend that, then release it again"
            problems.append(Problem("lesson", lesson, str(error).rstrip("."), step))
    return answer(args, _lines(released, args.due), {"released": _data(released)}, problems)


def _lines(released: Sequence[Released], due: datetime | None) -> Iterator[str]:
    from course_lib.classroom.release import ELSEWHERE

    for one in released:
        if one.how == ELSEWHERE:
            yield f"{one.lesson}: {one.how}."
        elif one.exchange is None:
            yield f"{one.lesson}: hand out the folder {one.folder}. This class has no exchange."
        else:
            yield f"{one.lesson}: {one.how}, in {one.exchange}."
    if any(one.exchange and one.how == "released anew" for one in released):
        yield "Who fetched a lesson before keeps what they have."
    if released and due is not None:
        yield f"Due: {due.astimezone(UTC):%Y-%m-%d %H:%M} UTC."


def _data(released: Sequence[Released]) -> list[dict[str, object]]:
    return [
        {
            "lesson": one.lesson,
            "folder": str(one.folder),
            "exchange": None if one.exchange is None else str(one.exchange),
            "how": one.how,
        }
        for one in released
    ]
