"""`updown class collect LESSON`: what learners handed in, put where nbgrader looks for it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.migrations import Problem

from .answer import Stopped, add_json, answer
from .class_folder import add_course, find_released, open_class

if TYPE_CHECKING:
    from course_lib.classroom.collected import Collected


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown class collect` to its parser."""
    parser.add_argument("lesson", metavar="LESSON", help="such as 04-adding-a-column")
    parser.add_argument(
        "--from",
        dest="places",
        metavar="PATH",
        type=Path,
        action="append",
        help="a folder, a zip from Canvas or Moodle, a learner's zip or notebook; may be repeated"
        " (default: nbgrader's exchange)",
    )
    add_course(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Collect. 0: all that came was taken. 1: something was left out, or nothing was done."""
    course = open_class(args.course)
    assignment = find_released(course, args.lesson)
    for place in args.places or ():
        if not place.exists():
            raise Stopped(_problem("place", place, "there is no such file or folder", "name one"))
    from course_lib.classroom.collect import collect_files
    from course_lib.classroom.from_exchange import CollectError, collect_exchange, tell_who_is_late

    try:
        if args.places:
            told = collect_files(course.folder, args.lesson, assignment.learners, args.places)
        else:
            told = collect_exchange(course, args.lesson, assignment)
    except CollectError as error:
        raise Stopped(
            _problem("exchange", course.exchange, str(error).rstrip("."), "or name --from PATH")
        ) from None
    tell_who_is_late(course.folder, args.lesson, assignment, told)
    left = [
        _problem("left out", repr(name)[1:-1], f"it was left out: {why}", "see to it by hand")
        for name, why in told.left_out
    ]
    return answer(args, _lines(told), _data(told), left)


def _problem(kind: str, where: object, what: str, next_step: str) -> Problem:
    return Problem(kind, str(where), what, next_step)


def _lines(told: Collected) -> Iterator[str]:
    yield f"{len(told.taken)} taken, {len(told.same)} there already."
    for name, real in told.renamed:
        yield f"{name!r} was taken as {real}."
    for words, ids in (
        ("Late", told.late),
        ("Handed in nothing", told.missing),
        ("No record of answers", told.no_record),
    ):
        if ids:
            yield f"{words}: {', '.join(ids)}."
    if told.kept is not None:
        yield f"What was there before is kept in {told.kept}."


def _data(told: Collected) -> dict[str, object]:
    return {
        "taken": told.taken,
        "same": told.same,
        "late": told.late,
        "missing": told.missing,
        "no_record": told.no_record,
        "renamed": [{"name": name, "taken_as": real} for name, real in told.renamed],
        "left_out": [{"name": name, "why": why} for name, why in told.left_out],
        "kept": None if told.kept is None else str(told.kept),
    }
