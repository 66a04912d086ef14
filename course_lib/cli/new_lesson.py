"""`updown course new-lesson`: the draft of a lesson, whole in form."""

from __future__ import annotations

import argparse

from course_lib.migrations import Problem

from .answer import Stopped, UsageError
from .authors import find_course, load_authoring


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("id", metavar="ID", help="such as 10-splitting-a-table")


def run(args: argparse.Namespace) -> int:
    """Write the draft and say what comes next. 1 where the number is taken, 2 for a wrong id."""
    root = find_course()
    authoring = load_authoring()
    try:
        folder = authoring.write_skeleton(args.id, root / "lessons")
    except ValueError:
        raise UsageError(
            f"{args.id!r} is no lesson's id. Write a number of two digits and words in small"
            " letters, joined by hyphens: 10-splitting-a-table."
        ) from None
    except authoring.LessonExists as error:
        taken = f"the number {args.id[:2]} is taken"
        raise Stopped(Problem("exists", str(error), taken, "choose another one")) from None
    place = folder.relative_to(root).as_posix()
    print(f"The draft of a lesson is in {place}/. It is not published while it stands there.")
    print(f"See it as a learner would:  updown course preview {args.id}")
    print(f"What it still lacks:        updown course report {args.id}")
    print(f"When it is whole:           git mv {place} lessons/{args.id}, updown course build")
    return 0
