"""`updown course build`: the notebooks and the course folder from the lessons' text."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path

from .authors import find_course, load_authoring
from .building_progress import building_progress


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of `updown course build` to its parser."""
    parser.add_argument(
        "--course",
        metavar="DIR",
        type=Path,
        help="the instructor's course folder (default: build/course)",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; fail and name each file of notebooks/ that differs from lessons/",
    )


def run(args: Namespace) -> int:
    """Build, or check. 0: done, or nothing differs. 1: refused, with reasons on standard error."""
    root = find_course()
    authoring = load_authoring()
    with building_progress(args) as on_lesson:
        site = authoring.make_site(root / "lessons", on_lesson)
    if site.problems:
        return _refuse(map(str, site.problems))
    for draft in authoring.find_drafts(root / "lessons"):
        print(f"{authoring.lesson_name(draft)} is a draft and is not published.")
    notebooks = root / "notebooks"
    if args.check:
        differences = authoring.find_differences(site, notebooks)
        if differences:
            return _refuse([*differences, "Run `updown course build` and commit notebooks/."])
        print(f"notebooks/ is what lessons/ gives ({len(site.notebooks)} files).")
        return 0
    edited = authoring.find_edited(site, notebooks)
    if edited:
        return _refuse(edited)
    course = args.course or root / "build" / "course"
    authoring.write_site(site, notebooks, course)
    print(f"Built {', '.join(site.lessons)}: learners' files in {notebooks},")
    print(f"the instructor's course in {course}.")
    return 0


def _refuse(sentences: Iterable[str]) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1
