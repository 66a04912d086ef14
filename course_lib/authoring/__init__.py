"""Lessons' text to notebooks and to the instructor's course folder."""

from course_lib.authoring.course_site import Site, make_site
from course_lib.authoring.lesson import LessonProblem
from course_lib.authoring.write import find_differences, find_edited, write_site

__all__ = [
    "LessonProblem",
    "Site",
    "find_differences",
    "find_edited",
    "make_site",
    "write_site",
]
