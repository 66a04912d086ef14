"""Lessons' text to notebooks and to the instructor's course folder; lessons in numbers."""

# ruff: noqa: E402 - before any file of this room imports nbformat and nbgrader.
from course_lib.grading.no_iris import leave_out_iris

leave_out_iris()

from course_lib.authoring.course_site import Site, make_site
from course_lib.authoring.found import find_drafts, find_lessons, lesson_name
from course_lib.authoring.lesson import LessonProblem
from course_lib.authoring.measure import Measured
from course_lib.authoring.preview import Preview, make_preview, preview_page
from course_lib.authoring.report import LessonReport, report_lessons
from course_lib.authoring.skeleton import LessonExists, write_skeleton
from course_lib.authoring.write import (
    find_differences,
    find_edited,
    find_replaced,
    write_course,
    write_site,
)

__all__ = [
    "LessonExists",
    "LessonProblem",
    "LessonReport",
    "Measured",
    "Preview",
    "Site",
    "find_differences",
    "find_drafts",
    "find_edited",
    "find_lessons",
    "find_replaced",
    "lesson_name",
    "make_preview",
    "make_site",
    "preview_page",
    "report_lessons",
    "write_course",
    "write_site",
    "write_skeleton",
]
