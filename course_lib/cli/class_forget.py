"""`updown class forget LEARNER`: delete all that a class keeps of one learner."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.counted import counted
from course_lib.migrations import Problem

from .answer import Stopped, add_json, answer, wants_json
from .class_folder import add_course, open_class

if TYPE_CHECKING:
    from course_lib.classroom.course_folder import CourseFolder
    from course_lib.classroom.traces import Traces

_ELSEWHERE = "Files that were taken elsewhere, the LMS and backups are yours to look through."


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown class forget` to its parser."""
    parser.add_argument("learner", metavar="LEARNER", help="the id, as in roster.csv")
    parser.add_argument(
        "--yes",
        action="store_true",
        help="delete without asking (without it and without a terminal: tell what would be"
        " deleted, and delete nothing)",
    )
    add_course(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Forget. 0: the class keeps nothing of them. 1: refused, or something is left to a person."""
    course = open_class(args.course)
    from course_lib.classroom.forget import forget, is_graded_now
    from course_lib.classroom.still_named import find_named

    traces = _find(course, args.learner)
    lines, data = list(_lines(course, traces)), _data(course, traces)
    if is_graded_now(course.folder, args.learner):
        what, step = "the class is being graded", "wait until that is done, or stop it"
        raise Stopped(Problem("grading", args.learner, f"{what}, so nothing was deleted", step))
    if not args.yes:
        if wants_json(args) or not sys.stdin.isatty():
            step = "add --yes to delete all of this"
            problem = Problem("not deleted", args.learner, "nothing was deleted", step)
            return answer(args, lines, {**data, "deleted": False}, [problem])
        print(*lines, sep="\n")
        lines = []
        if not _agreed():
            return answer(args, ["Nothing was deleted."], {})
    left = forget(course, traces)
    step = "look at it, and delete there what is theirs"
    left += [
        Problem("left", _below(course, path), f"it still names {args.learner}", step)
        for path in find_named(course, traces.learner)
    ]
    if not left:
        lines.append(f"Deleted. The class keeps nothing of {args.learner}. {_ELSEWHERE}")
    else:
        lines.append(f"Deleted, except what is named here. {_ELSEWHERE}")
    return answer(args, lines, {**data, "deleted": True}, left)


def _find(course: CourseFolder, learner: str) -> Traces:
    from course_lib.classroom.roster import ROSTER
    from course_lib.classroom.traces import find_traces

    try:
        traces = find_traces(course, learner)
    except ValueError as error:
        where, step = str(course.folder / ROSTER), "mend that, then run this again"
        raise Stopped(Problem("roster", where, str(error), step)) from None
    if not traces.is_known:
        what, step = "there is no such learner", "look for the id in roster.csv or submitted/"
        raise Stopped(Problem("learner", learner, what, step))
    return traces


def _agreed() -> bool:
    """What the person at the terminal says."""
    try:
        said = input("Delete all of this? It cannot be undone. [y/N] ")
    except EOFError:
        return False
    return said.strip().casefold() in ("y", "yes")


def _lines(course: CourseFolder, traces: Traces) -> Iterator[str]:
    one = traces.learner
    about = " ".join(text for text in (one.first_name, one.last_name, one.email) if text)
    yield f"The class keeps of {one.id}{about and f' ({about})'}:"
    if traces.rows is not None:
        rows = traces.rows
        yield (
            f"  the gradebook: {counted(rows.submissions, 'submission')},"
            f" {counted(rows.marks, 'mark')}, {counted(rows.comments, 'comment')}"
        )
    for path, _, number in traces.lists:
        yield f"  {_below(course, path)}: {counted(number, 'line')}"
    for path in traces.own:
        yield f"  {_below(course, path)}: {counted(_files(path), 'file')}"
    shared = [_below(course, path) for path in (*traces.made, *traces.damaged)]
    if shared:
        yield f"Deleted with it, since they may name them among others: {', '.join(shared)}."
        yield "`updown class export` and `insight` make theirs anew."


def _data(course: CourseFolder, traces: Traces) -> dict[str, object]:
    rows = traces.rows
    return {
        "learner": traces.learner.id,
        "gradebook": None
        if rows is None
        else {"submissions": rows.submissions, "marks": rows.marks, "comments": rows.comments},
        "lines": {_below(course, path): number for path, _, number in traces.lists},
        "files": {_below(course, path): _files(path) for path in traces.own},
        "with_others": [_below(course, path) for path in (*traces.made, *traces.damaged)],
    }


def _below(course: CourseFolder, path: Path) -> str:
    """A place as it is shown: below the class's folder where it is there."""
    inside = path.is_relative_to(course.folder)
    return str(path.relative_to(course.folder) if inside else path)


def _files(path: Path) -> int:
    if path.is_symlink() or not path.is_dir():
        return 1
    return sum(not one.is_dir() for one in path.rglob("*"))
