"""`updown course report`: every lesson in numbers, and what lies outside its bounds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .answer import add_json, print_json, wants_json
from .authors import find_course, find_text, load_authoring
from .report_lines import line_of, report_json, table_of

if TYPE_CHECKING:
    from course_lib.authoring import LessonReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "lessons",
        metavar="LESSON",
        nargs="*",
        help="lessons by name or number (default: all, drafts as well)",
    )
    parser.add_argument(
        "--run",
        dest="timed",
        action="store_true",
        help="run each lesson with its model solutions in a fresh kernel and time that",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the numbers, then what lies outside. 1 where a lesson that is no draft has to be
    mended, or where a text cannot be read."""
    root = find_course()
    authoring = load_authoring()
    reports = authoring.report_lessons(_texts(args.lessons, root), root, run=args.timed)
    if wants_json(args):
        print_json({"lessons": [report_json(one) for one in reports]})
    else:
        measured = [one for one in reports if one.measured]
        lines = table_of(measured) if sys.stdout.isatty() else [line_of(one) for one in measured]
        for line in lines:
            print(line)
        sys.stdout.flush()
        for one in reports:
            _tell_what_is_missing(one)
    return 0 if all(one.holds for one in reports) else 1


def _texts(names: list[str], root: Path) -> list[Path]:
    if names:
        return [find_text(name, root) for name in names]
    authoring, lessons = load_authoring(), root / "lessons"
    return [*authoring.find_lessons(lessons), *authoring.find_drafts(lessons)]


def _tell_what_is_missing(report: LessonReport) -> None:
    """A draft's lacks are news, all else is a reason to fail and goes to standard error."""
    for problem in report.problems:
        print(problem, file=sys.stderr)
    for fault in report.ran.faults if report.ran else ():
        print(f"{report.lesson}: a cell stops with {fault}", file=sys.stderr)
    if report.draft:
        print(f"{report.lesson} is a draft and is not published. Before it can be:")
        print("\n".join(f"  {one.problem}" for one in report.outside) or "  nothing is missing.")
        return
    for one in report.outside:
        print(one.problem, file=sys.stderr)
