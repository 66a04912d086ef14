"""`updown course build`: the notebooks and the course folder from the lessons' text."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path


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
    root = _find_root(Path.cwd())
    if root is None:
        return _refuse(
            [
                f"{Path.cwd()} and the folders above it hold no lessons/ folder, so there is"
                " nothing to build. Run this command in a checkout of the course."
            ]
        )
    try:
        from course_lib import authoring
    except ModuleNotFoundError as error:
        return _refuse(
            [
                f"Building the course needs the package {error.name}, which is not installed."
                ' Install the course with its extras: pip install ".[notebook,class]".'
            ]
        )
    site = authoring.make_site(root / "lessons")
    if site.problems:
        return _refuse(map(str, site.problems))
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


def _find_root(folder: Path) -> Path | None:
    for candidate in (folder, *folder.parents):
        if (candidate / "lessons").is_dir():
            return candidate
    return None


def _refuse(sentences: Iterable[str]) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1
