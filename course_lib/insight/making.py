"""A class's folder to a report, and a report to files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from course_lib.classroom.course_folder import CourseFolder
from course_lib.exercises import Exercise
from course_lib.insight.asked import Asked, lessons_of, read_asked
from course_lib.insight.collecting import collect_class, handed_in
from course_lib.insight.ideas import Ideas, find_ideas
from course_lib.insight.page import page_html
from course_lib.insight.report import Report, make_report
from course_lib.insight.sheets import sheets_of
from course_lib.insight.work import ClassWork
from course_lib.whole_file import write_whole

PAGE = "insight.html"
SECRET = "secret.txt"


class UnknownLesson(Exception):
    """A lesson that the class has not; the text is its name."""


def choose_lessons(course: Path, wanted: Sequence[str]) -> list[str]:
    """The lessons to tell of: those that are wanted, else those for which work was handed in.

    Raises UnknownLesson with the name of one that the class has not.
    """
    known = lessons_of(course)
    for lesson in wanted:
        if lesson not in known:
            raise UnknownLesson(lesson)
    return [one for one in known if one in wanted or (not wanted and handed_in(course, one))]


def report_class(
    course: CourseFolder,
    lessons: Sequence[str],
    now: datetime,
    *,
    leave_names_out: bool = False,
    on_exercise: Callable[[int, int], None] = lambda done, of: None,
) -> Report:
    """Read a class's folder and count. Changes nothing in it. Raises AskedError.

    `on_exercise` hears how many of the exercises are compared with their known wrong answers, which
    takes seconds for each.
    """
    work = collect_class(course, [read_asked(course.folder, one) for one in lessons], now)
    ideas = _find_all_ideas(course.folder, work, on_exercise)
    return make_report(work, ideas, now, leave_names_out=leave_names_out)


def write_report(report: Report, folder: Path) -> list[Path]:
    """Write the page and its sheets; each takes the place of an earlier one as a whole."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    texts = {PAGE: page_html(report), **sheets_of(report)}
    for name, text in texts.items():
        path = folder / name
        # A spreadsheet takes a file without this mark for one of its own country's encoding.
        encoding = "utf-8-sig" if path.suffix == ".csv" else "utf-8"
        write_whole(path, text.encode(encoding, errors="replace"))
        written.append(path)
    return written


def _find_all_ideas(
    course: Path, work: ClassWork, on_exercise: Callable[[int, int], None]
) -> dict[tuple[str, str], Ideas]:
    failed = {
        (asked.name, exercise.task.id): (exercise, _failed(work, asked, exercise))
        for asked in work.asked
        for exercise in asked.exercises
    }
    wanted = {place: found for place, found in failed.items() if found[1]}
    secret = (course / SECRET).read_text(encoding="utf-8").strip() if wanted else ""
    ideas = {}
    for done, (place, (exercise, names)) in enumerate(wanted.items(), start=1):
        ideas[place] = find_ideas(exercise, secret, names)
        on_exercise(done, len(wanted))
    return ideas


def _failed(work: ClassWork, asked: Asked, exercise: Exercise) -> set[str]:
    """The requirements of an exercise that somebody's graded answer failed."""
    found = set()
    for one in work.of(asked.name):
        judged = one.judged.get(exercise.task.id)
        if judged is not None and judged.verdict is not None:
            found |= {each.id for each in judged.verdict.results if each.state == "failed"}
    return found
