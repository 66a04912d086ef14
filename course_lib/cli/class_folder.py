"""The class that a command is called for: its course folder, opened, or why it is none."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.migrations import Problem

from .answer import Stopped

if TYPE_CHECKING:
    from course_lib.classroom.course_folder import CourseFolder
    from course_lib.classroom.students import Assignment


def add_course(parser: ArgumentParser) -> None:
    """Add `--course`, the class's folder that a command is for."""
    parser.add_argument(
        "--course",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the class's folder (default: this one)",
    )


def open_class(folder: Path) -> CourseFolder:
    """Read the configuration of a class's folder; Stopped where it cannot be read, where the
    server of its gradebook does not answer, or where its extensions cannot be read."""
    try:
        from course_lib.classroom.course_folder import ConfigurationError, open_course
        from course_lib.classroom.gradebook_url import find_server_problem
        from course_lib.grading.extensions import EXTENSIONS, ExtensionsError, read_extensions
    except ModuleNotFoundError as error:
        what = f"this needs the package {error.name}, which is not installed"
        raise Stopped(Problem("packages", "", what, "run `updown class doctor`")) from None
    place = folder.resolve()
    if not (folder / "nbgrader_config.py").is_file():
        step = "go to one, or name it with --course"
        raise Stopped(Problem("place", str(place), "it is no class's folder", step))
    try:
        course = open_course(folder)
    except ConfigurationError as error:
        where, what = str(place / "nbgrader_config.py"), f"it cannot be read: {error}"
        raise Stopped(Problem("configuration", where, what, "mend that")) from None
    problem = find_server_problem(course.database)
    if problem is not None:
        raise Stopped(problem)
    try:
        read_extensions(course.folder)
    except ExtensionsError as error:
        where, step = str(course.folder / EXTENSIONS), "then run this again"
        raise Stopped(Problem("extensions", where, str(error).rstrip("."), step)) from None
    return course


def find_released(course: CourseFolder, lesson: str) -> Assignment:
    """A lesson that the gradebook knows; Stopped where it does not."""
    from course_lib.classroom.students import find_assignment

    assignment = find_assignment(course, lesson)
    if assignment is None:
        raise Stopped(not_released(course, lesson))
    return assignment


def not_released(course: CourseFolder, lesson: str) -> Problem:
    """Why nothing can be done with a lesson that the gradebook does not know."""
    from course_lib.classroom.release import lessons_to_release

    if lesson in lessons_to_release(course):
        step = f"run `updown class release {lesson}`"
        return Problem("lesson", lesson, "it was not released yet", step)
    return Problem("lesson", lesson, "the class has no such lesson", "name one of `source/`")
