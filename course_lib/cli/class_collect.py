"""`updown class collect LESSON…`: what learners handed in, put where nbgrader looks for it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.migrations import Problem

from .answer import Stopped, UsageError, add_json, answer
from .class_folder import add_course, find_released, open_class

if TYPE_CHECKING:
    from course_lib.classroom.collected import Collected
    from course_lib.classroom.course_folder import CourseFolder
    from course_lib.classroom.roster import Learner
    from course_lib.classroom.students import Assignment


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown class collect` to its parser."""
    parser.add_argument(
        "lessons", metavar="LESSON", nargs="+", help="such as 04-adding-a-column; one or more"
    )
    parser.add_argument(
        "--from",
        dest="places",
        metavar="PATH",
        type=Path,
        action="append",
        help="a folder, a zip from Canvas or Moodle, a learner's zip or notebook; may be repeated"
        " (default: nbgrader's exchange)",
    )
    parser.add_argument(
        "--student",
        metavar="ID",
        help="whose all of it is, whatever the files are called (default: as their names say)",
    )
    add_course(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Collect. 0: all that came was taken. 1: something was left out, or nothing was done."""
    _see_what_is_asked(args)
    course = open_class(args.course)
    assignments = {lesson: find_released(course, lesson) for lesson in args.lessons}
    for place in args.places or ():
        if not place.exists():
            raise Stopped(_problem("place", place, "there is no such file or folder", "name one"))
    from course_lib.classroom.from_exchange import CollectError, tell_who_is_late

    told, problems = {}, []
    for lesson, assignment in assignments.items():
        try:
            came = _collect(args, course, lesson, assignment)
        except CollectError as error:
            what, step = str(error).rstrip("."), "or name --from PATH"
            problems.append(_problem("exchange", course.exchange, what, step))
            continue
        tell_who_is_late(course.folder, lesson, assignment, came)
        told[lesson] = came
    # A zip of several lessons holds what is left out once.
    left = dict.fromkeys(one for came in told.values() for one in came.left_out)
    problems += [
        _problem("left out", repr(name)[1:-1], f"it was left out: {why}", "see to it by hand")
        for name, why in left
    ]
    lines = (line for lesson, came in told.items() for line in _lines(lesson, came))
    data = [{"lesson": lesson, **_data(came)} for lesson, came in told.items()]
    return answer(args, lines, {"lessons": data}, problems)


def _see_what_is_asked(args: Namespace) -> None:
    args.lessons = list(dict.fromkeys(args.lessons))
    if args.student is not None and not args.places:
        raise UsageError("Say with --from PATH what is theirs, or leave out --student.")
    one_by_one = args.student is None or any(
        place.suffix.casefold() != ".zip" for place in args.places or ()
    )
    if len(args.lessons) > 1 and args.places and one_by_one:
        raise UsageError(
            "Name one lesson: only a learner's own zip, with --student ID, says what is of which."
        )


def _collect(
    args: Namespace, course: CourseFolder, lesson: str, assignment: Assignment
) -> Collected:
    from course_lib.classroom.collect import collect_files
    from course_lib.classroom.from_exchange import collect_exchange

    if not args.places:
        return collect_exchange(course, lesson, assignment)
    learners = assignment.learners
    owner = None if args.student is None else _owner(args.student, learners)
    return collect_files(course.folder, lesson, learners, args.places, owner)


def _owner(student: str, learners: tuple[Learner, ...]) -> Learner:
    for learner in learners:
        if learner.id == student:
            return learner
    what = "nobody of the class has this id"
    step = "mend it, or write them into roster.csv and run `updown class new` once more"
    raise Stopped(_problem("student", student, what, step))


def _problem(kind: str, where: object, what: str, next_step: str) -> Problem:
    return Problem(kind, str(where), what, next_step)


def _lines(lesson: str, told: Collected) -> Iterator[str]:
    yield f"{lesson}: {len(told.taken)} taken, {len(told.same)} there already."
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
