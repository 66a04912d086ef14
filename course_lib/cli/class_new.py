"""`updown class new`: a class's course folder beside the checkout."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.migrations import Problem, Refused

from .answer import Stopped, add_json, answer
from .authors import find_course, load_authoring
from .building_progress import building_progress

if TYPE_CHECKING:
    from course_lib.classroom.start import Made


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown class new` to its parser."""
    parser.add_argument("dir", metavar="DIR", type=Path, help="a folder outside the checkout")
    parser.add_argument(
        "--roster",
        metavar="CSV",
        type=Path,
        help="the learners: id,last_name,first_name,email,lms_user_id (default: DIR/roster.csv)",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--exchange", metavar="PATH", help="nbgrader's exchange (default: DIR/exchange)"
    )
    where.add_argument(
        "--no-exchange",
        action="store_const",
        const="",
        dest="exchange",
        help="work comes in another way, such as an LMS",
    )
    parser.add_argument(
        "--gradebook",
        metavar="URL",
        help="a PostgreSQL database for the marks, postgresql://account@server/database; a"
        ' password belongs into ~/.pgpass (default: a file of the folder, for which "" asks again)',
    )
    add_json(parser)


def run(args: Namespace) -> int:
    """Make the folder, or bring it up to date. 1: refused, nothing was written."""
    root = find_course()
    authoring = load_authoring()
    from course_lib.classroom.start import make_class, plan_class

    plan = plan_class(
        root, args.dir, exchange=args.exchange, gradebook=args.gradebook, roster=args.roster
    )
    if isinstance(plan, Refused):
        raise Stopped(*plan.problems)
    with building_progress(args) as on_lesson:
        site = authoring.make_site(root / "lessons", on_lesson)
    if site.problems:
        step = "mend it, or take a version of the course that builds"
        raise Stopped(*(Problem("lesson", "", str(one), step) for one in site.problems))
    made = make_class(site, plan)
    if isinstance(made, Refused):
        raise Stopped(*made.problems)
    return answer(args, _lines(made), _data(made))


def _lines(made: Made) -> Iterator[str]:
    done = "The class is" if made.is_new else "The class was brought up to date"
    yield f"{done} in {made.folder}, with {len(made.lessons)} lessons."
    if made.exchange is None:
        yield "It has no exchange."
    else:
        yield f"Its exchange is {made.exchange}."
    students = made.students
    yield f"Roster: {len(students.added)} entered, {len(students.changed)} changed."
    if students.unlisted:
        yield f"In the gradebook and not on the roster: {', '.join(students.unlisted)}."
    if made.kept is not None:
        yield f"The files that were written over are kept in {made.kept}."
    yield f"See whether all is well:  updown class doctor {made.folder}"


def _data(made: Made) -> dict[str, object]:
    return {
        "folder": str(made.folder),
        "is_new": made.is_new,
        "lessons": list(made.lessons),
        "exchange": None if made.exchange is None else str(made.exchange),
        "added": list(made.students.added),
        "changed": list(made.students.changed),
        "unlisted": list(made.students.unlisted),
        "kept": None if made.kept is None else str(made.kept),
    }
