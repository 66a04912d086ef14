"""The page's first parts: what to repeat, who is stuck, what was gained, the lessons in a row."""

from __future__ import annotations

from collections.abc import Iterator

from course_lib.counted import counted
from course_lib.insight.charts import quartile_bar, share_bar
from course_lib.insight.counting import TIERS
from course_lib.insight.gain import Gain, QuestionGain
from course_lib.insight.pieces import (
    Column,
    heading,
    link,
    paragraph,
    percent,
    place_of,
    table,
    words,
)
from course_lib.insight.ranking import Repeat
from course_lib.insight.report import LessonCount, Report
from course_lib.insight.stuck import Stuck

RANKED = (
    "Ranked by the share of those who answered and have not got it. Who fails a requirement when"
    " graded counts double, and who never answers a question right counts once. Who missed a"
    " question at the first try and was right later counts a quarter, or a half where they had been"
    " sure."
)
MOST_STUCK = 40
"""Rows on the page; all of them are in stuck.csv."""


def repeats_html(report: Report) -> str:
    """What to repeat, ranked."""
    titles = {lesson.name: lesson.title for lesson in report.lessons}
    title = heading(2, "To repeat in class", "repeat")
    if not report.repeats:
        return title + paragraph("Nothing was missed by many of those who answered.")
    said = paragraph(RANKED, "soft")
    items = "".join(f"<li>{_repeat(one, titles[one.part[0]])}</li>" for one in report.repeats)
    return f'{title}{said}<ol class="repeats">{items}</ol>'


def _repeat(one: Repeat, lesson: str) -> str:
    where = f"{words(lesson)}, {link(place_of(*one.part), one.where)}"
    if one.see:
        where += f"; to read again: {words(one.see)}"
    idea = f"<p>Most often: {words(one.idea)}</p>" if one.idea else ""
    return (
        f'<span class="rank" aria-hidden="true">{one.rank}</span>'
        f'<div><p class="what">{words(one.what)}</p>{idea}'
        f'<p class="soft">{words(one.why)}</p><p class="soft">Where: {where}</p></div>'
        f'<div class="share"><strong>{one.number} of {one.of}</strong> missed it'
        f"{share_bar(one.number, one.of)}</div>"
    )


def stuck_html(report: Report) -> str:
    """Who is stuck now, and where."""
    title = heading(2, "Who is stuck now", "stuck")
    if not report.stuck:
        return title + paragraph("Nobody, by the records that were handed in.")
    titles = {lesson.name: lesson.title for lesson in report.lessons}
    columns = (
        Column("learner"),
        Column("where", "wide"),
        Column("checks", "number"),
        Column("hint", "number"),
        Column("last try", "date"),
        Column("why"),
    )
    shown = table(
        f"{counted(len(report.stuck), 'place')} where somebody is stuck, by the records that were"
        " handed in",
        columns,
        (_stuck(one, titles[one.lesson]) for one in report.stuck[:MOST_STUCK]),
    )
    more = len(report.stuck) - MOST_STUCK
    rest = paragraph(f"{more} more are in stuck.csv.", "soft") if more > 0 else ""
    return title + shown + rest


def _stuck(one: Stuck, lesson: str) -> tuple[str, ...]:
    at = f'<p class="soft">{words(one.at)}</p>' if one.at else ""
    return (
        words(one.learner),
        f"{words(lesson)}, {link(place_of(one.lesson, one.exercise), one.title)}{at}",
        str(one.checks),
        f"{one.tier} of {TIERS}",
        f"{one.last:%Y-%m-%d}" if one.last else "–",
        words(one.why),
    )


def gains_html(report: Report) -> str:
    """What was gained between two lessons that ask the same."""
    titles = {lesson.name: lesson.title for lesson in report.lessons}
    return "".join(_gain(one, titles) for one in report.gains)


def _gain(gain: Gain, titles: dict[str, str]) -> str:
    then, now = titles[gain.earlier], titles[gain.later]
    title = heading(2, "What was gained since the start", place_of("gain", gain.later))
    if not any(one.both for one in gain.questions):
        return title + paragraph(
            f"Nobody has answered these questions in both lessons yet. {then} and {now} ask them."
        )
    said = paragraph(f"First tries at the same questions in two lessons. Then: {then}. Now: {now}.")
    columns = (
        Column("Question", "wide"),
        Column("right then", "number"),
        Column("right now", "number"),
        Column("gained", "number"),
        Column("lost", "number"),
        Column("answered both", "number"),
    )
    shown = table("First tries, then and now", columns, map(_question_gain, gain.questions))
    return title + said + shown


def _question_gain(one: QuestionGain) -> tuple[str, ...]:
    bars = "".join(
        f'<div class="pair" aria-hidden="true"><span>{name}</span>'
        f"{share_bar(right, one.both, look)}<span>{percent(right, one.both)}</span></div>"
        for name, right, look in (("then", one.then, "waits"), ("now", one.now, "passed"))
    )
    numbers = (one.then, one.now, one.gained, one.lost, one.both)
    return (words(one.stem) + bars, *map(str, numbers))


def lessons_html(report: Report) -> str:
    """All lessons in a table."""
    columns = (
        Column("Lesson", "wide"),
        Column("handed in", "number"),
        Column("with records", "number"),
        Column("graded", "number"),
        Column("wait for you", "number"),
        Column("median mark", "number"),
        Column("middle half", "number"),
    )
    return heading(2, "The lessons in a row", "lessons") + table(
        f"Of {counted(report.learners, 'learner')}",
        columns,
        (cells for lesson in report.lessons for cells in _lesson(lesson)),
    )


def _lesson(one: LessonCount) -> Iterator[tuple[str, ...]]:
    low, middle, high = one.quartiles or (0, 0, 0)
    bar = quartile_bar(low, middle, high) if one.quartiles else ""
    yield (
        link(place_of(one.name), one.title) + bar,
        str(one.handed_in),
        str(one.with_record),
        str(one.graded),
        str(one.waiting),
        percent(middle, 1) if one.quartiles else "–",
        f"{round(100 * low)}–{round(100 * high)} %" if one.quartiles else "–",
    )
