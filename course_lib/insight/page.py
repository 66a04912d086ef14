"""The report as one HTML page: it loads nothing and needs no script."""

from __future__ import annotations

from collections.abc import Iterator

from course_lib.counted import counted
from course_lib.insight.page_exercises import exercise_html
from course_lib.insight.page_quizzes import quiz_html
from course_lib.insight.page_top import gains_html, lessons_html, repeats_html, stuck_html
from course_lib.insight.pieces import (
    Column,
    heading,
    link,
    paragraph,
    place_of,
    table,
    words,
)
from course_lib.insight.report import LessonCount, Report
from course_lib.insight.style import STYLE

TITLE = "What the class has not understood"
MOST_UNREAD = 40

COUNTED = (
    "Passed, failed and not checked are what grading found, on the further databases too. Not"
    " checked means that it needed a requirement that failed. No answer means that the cell was"
    " left as it was handed out.",
    "First checks, checks, minutes and hints are from the record that the learner's own notebook"
    " keeps. Whoever handed in a notebook alone has none. Minutes are those from the first check"
    " to the one that met it, for those who needed more than one; of the time between two checks at"
    " most 15 minutes count, so that a night is no work.",
    "A quiz is counted by the first answer to each question. Questions that came back from an"
    " earlier lesson are not counted again.",
    "A learner is stuck where not everything is met and they have checked five times, or have had"
    " the last hint, or have no record for three days in which others went on.",
    "Anybody can write into a record. So it is good for teaching, and not for marks.",
)


def page_html(report: Report) -> str:
    """The whole page."""
    main = [
        repeats_html(report),
        stuck_html(report),
        gains_html(report),
        lessons_html(report),
        *(part for lesson in report.lessons for part in _lesson(lesson)),
        _unread(report),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        # Nothing may be loaded or run, whatever a learner has written.
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{TITLE}</title><style>{STYLE}</style></head><body>"
        f"<header>{_header(report)}</header><main>{''.join(main)}</main>"
        f"<footer>{_footer()}</footer></body></html>\n"
    )


def _header(report: Report) -> str:
    work = sum(lesson.handed_in for lesson in report.lessons)
    said = (
        f"{counted(report.learners, 'learner')}, {counted(len(report.lessons), 'lesson')},"
        f" {counted(work, 'submission')}; made {report.made:%Y-%m-%d %H:%M} UTC."
    )
    left_out = " Names and ids are left out." if report.names.left_out else ""
    places = [link("repeat", "To repeat in class"), link("stuck", "Who is stuck now")]
    places += [link(place_of("gain", one.later), "What was gained") for one in report.gains[:1]]
    places += [link("lessons", "The lessons in a row")]
    places += [link(place_of(one.name), one.title) for one in report.lessons]
    items = "".join(f"<li>{one}</li>" for one in places)
    return (
        f"{heading(1, TITLE)}{paragraph(said + left_out, 'soft')}"
        f'<nav aria-label="On this page"><ul>{items}</ul></nav>'
    )


def _lesson(lesson: LessonCount) -> Iterator[str]:
    yield heading(2, lesson.title, place_of(lesson.name))
    if not lesson.handed_in:
        yield paragraph("Nothing was handed in yet.", "soft")
        return
    note = f"The instructor's note says what usually goes wrong: `instructor/{lesson.name}.md`."
    yield paragraph(note, "soft")
    yield from map(exercise_html, lesson.exercises)
    yield from map(quiz_html, lesson.quizzes)


def _unread(report: Report) -> str:
    if not report.unread:
        return ""
    columns = (Column("learner"), Column("lesson"), Column("file"), Column("what"))
    rows = [
        (words(one.learner), words(one.lesson), f"<code>{words(one.file)}</code>", words(one.why))
        for one in report.unread[:MOST_UNREAD]
    ]
    more = len(report.unread) - MOST_UNREAD
    return (
        heading(2, "What could not be read", "unread")
        + table(f"{counted(len(report.unread), 'record')} not counted, or not whole", columns, rows)
        + (paragraph(f"And {more} more.", "soft") if more > 0 else "")
    )


def _footer() -> str:
    return heading(2, "How this was counted") + "".join(map(paragraph, COUNTED))
