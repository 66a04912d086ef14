"""`updown class export`: the marks as CSV, for people, for Canvas and for Moodle."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.migrations import Problem

from .answer import Stopped, UsageError, add_json, answer
from .class_folder import add_course, not_released, open_class

if TYPE_CHECKING:
    from course_lib.classroom.class_marks import ClassMarks
    from course_lib.classroom.course_folder import CourseFolder
    from course_lib.classroom.export_template import Filled

FOR_PEOPLE = ("learners", "requirements")
READERS = (*FOR_PEOPLE, "canvas", "moodle")


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `updown class export` to its parser."""
    parser.add_argument(
        "lessons",
        metavar="LESSON",
        nargs="*",
        help="such as 04-adding-a-column (default: all that were released)",
    )
    parser.add_argument(
        "--for",
        dest="reader",
        choices=READERS,
        default=READERS[0],
        help="a row a learner, a row a requirement, or what an LMS imports (default: %(default)s)",
    )
    parser.add_argument(
        "--template",
        type=Path,
        metavar="FILE",
        help="a gradebook file from Canvas or a grading worksheet from Moodle, to be filled in",
    )
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FILE",
        help="the file to write (default: marks-….csv in the class's folder)",
    )
    add_course(parser)
    add_json(parser)


def run(args: Namespace) -> int:
    """Export. 0: it is written. 1: refused, or a row of the template means nobody in the class."""
    if args.template and args.reader not in ("canvas", "moodle"):
        raise UsageError("A template is filled in for an LMS: --for canvas, or --for moodle.")
    course = open_class(args.course)
    from course_lib.classroom.class_marks import read_class_marks
    from course_lib.classroom.export_template import TemplateError
    from course_lib.classroom.spreadsheet import write_sheet

    marks = read_class_marks(course, _lessons(args, course))
    to = args.to if args.to is not None else course.folder / f"marks-{args.reader}.csv"
    try:
        filled = _make(args, course, marks)
    except TemplateError as error:
        place = str(args.template)
        raise Stopped(Problem("template", place, error.what, error.next_step)) from None
    write_sheet(to, filled.text, for_people=args.reader in FOR_PEOPLE)
    step = "look whether they are on the roster, with their id there"
    problems = [
        Problem("template", repr(name)[1:-1], "not one learner of the class is meant", step)
        for name in filled.unknown
    ]
    data = {
        "file": str(to),
        "learners": len(marks.learners),
        "marks": filled.written,
        "without_mark": {lesson: list(marks.without_mark(lesson)) for lesson in marks.lessons},
    }
    return answer(args, _lines(args, marks, to), data, problems)


def _lessons(args: Namespace, course: CourseFolder) -> list[str]:
    from course_lib.classroom.class_marks import released_lessons

    known = released_lessons(course)
    wanted = list(dict.fromkeys(args.lessons)) or known
    unknown = [one for one in wanted if one not in known]
    if unknown:
        raise Stopped(*(not_released(course, one) for one in unknown))
    if not wanted:
        what, step = "no lesson was released yet", "run `updown class release LESSON`"
        raise Stopped(Problem("lesson", str(course.folder), what, step))
    return wanted


def _make(args: Namespace, course: CourseFolder, marks: ClassMarks) -> Filled:
    from course_lib.classroom.export_lms import canvas_sheet, moodle_sheet
    from course_lib.classroom.export_plain import learners_sheet, requirements_sheet
    from course_lib.classroom.export_template import Filled, fill_canvas, fill_worksheet

    if args.template is not None:
        fill = fill_canvas if args.reader == "canvas" else fill_worksheet
        return fill(args.template, marks)
    make = {"learners": learners_sheet, "canvas": canvas_sheet, "moodle": moodle_sheet}
    if args.reader in make:
        text = make[args.reader](marks)
    else:
        text = requirements_sheet(course.folder, marks)
    return Filled(text, sum(one is not None for one in marks.points.values()), ())


def _lines(args: Namespace, marks: ClassMarks, to: Path) -> Iterator[str]:
    yield f"Learners: {len(marks.learners)}, lessons: {len(marks.lessons)}. Written: {to}"
    for lesson in marks.lessons:
        lacking = marks.without_mark(lesson)
        if lacking:
            left = "empty" if args.template is None else "as it is"
            yield f"No mark yet of {lesson}, and left {left}: {', '.join(lacking)}."
    if args.reader == "canvas" and args.template is None:
        yield "Where Canvas has an assignment of that name, an empty cell takes its mark away."
        yield "With its own file, --template, what it has stays."
