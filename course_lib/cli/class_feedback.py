"""`updown class feedback LESSON…`: make learners' pages where something changed; return them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from course_lib.migrations import Problem

from .answer import Stopped, add_json, answer
from .class_folder import add_course, not_released, open_class
from .grading_progress import grading_progress

if TYPE_CHECKING:
    from course_lib.classroom.course_folder import CourseFolder
    from course_lib.classroom.give_back import GivenBack


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown class feedback` to its parser."""
    parser.add_argument(
        "lessons", metavar="LESSON", nargs="+", help="such as 04-adding-a-column; one or more"
    )
    parser.add_argument(
        "--student",
        dest="students",
        metavar="ID",
        action="append",
        default=[],
        help="this learner's page alone; may be repeated (default: everybody who handed in)",
    )
    parser.add_argument(
        "--all", action="store_true", help="make the pages anew of which nothing changed, too"
    )
    add_course(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Give back. 0: each who handed in has a page. 1: one has none, and the reason is told."""
    course = open_class(args.course)
    wanted = _wanted(args, course)
    from course_lib.classroom.give_back import give_back

    told: list[GivenBack] = []
    total = sum(map(len, wanted.values()))
    with grading_progress(args, total) as one_more:
        one_more()
        for lesson, students in wanted.items():
            for one in give_back(course, lesson, students, anew=args.all):
                told.append(one)
                one_more()
    problems = [
        Problem("page", f"{one.lesson}/{one.student}", one.fault, _step(one))
        for one in told
        if one.fault
    ]
    return answer(args, _lines(told), {"pages": _data(told)}, problems)


def _wanted(args: Namespace, course: CourseFolder) -> dict[str, list[str]]:
    from course_lib.classroom.give_back import who_handed_in
    from course_lib.classroom.students import find_assignment

    wanted, problems = {}, []
    for lesson in dict.fromkeys(args.lessons):
        if find_assignment(course, lesson) is None:
            problems.append(not_released(course, lesson))
            continue
        wanted[lesson] = who_handed_in(course, lesson, args.students)
    there = {student for students in wanted.values() for student in students}
    if not problems:
        what, step = "they handed in nothing of it", "look for the id in submitted/"
        lacking = (one for one in args.students if one not in there)
        problems += [Problem("student", one, what, step) for one in lacking]
    if problems:
        raise Stopped(*problems)
    return wanted


def _step(one: GivenBack) -> str:
    from course_lib.classroom.give_back import NOT_GRADED

    if one.fault == NOT_GRADED:
        return f"run `updown class grade {one.lesson}`"
    return f"see to that, then run `updown class feedback {one.lesson} --student {one.student}`"


def _lines(told: Sequence[GivenBack]) -> Iterator[str]:
    pages = [one for one in told if not one.fault]
    made = sum(one.made for one in pages)
    returned = sum(one.returned for one in pages)
    yield f"Pages: {made} made, {len(pages) - made} unchanged."
    if returned:
        yield f"{returned} can be fetched from the exchange."
    by_hand = [one for one in pages if not one.returned]
    if by_hand:
        yield "These did not come through an exchange, so send them yourself:"
        yield from (f"  {one.student}: {one.page}" for one in by_hand)
    waiting = [f"{one.student} ({one.lesson})" for one in pages if one.waits]
    if waiting:
        yield f"A cell has no mark yet, and the page says so: {', '.join(waiting)}."


def _data(told: Sequence[GivenBack]) -> list[dict[str, object]]:
    return [
        {
            "lesson": one.lesson,
            "student": one.student,
            "page": None if one.fault else str(one.page),
            "made": one.made,
            "in_exchange": one.returned,
            "waits": one.waits,
        }
        for one in told
    ]
