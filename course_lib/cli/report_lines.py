"""The numbers of lessons as a table, as plain lines, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.authoring import LessonReport, Measured

_HEADINGS = (
    "words",
    "min",
    "actions",
    "median",
    "longest",
    "exercises",
    "wrong",
    "quiz",
    "secs",
)


def table_of(reports: Sequence[LessonReport]) -> list[str]:
    """A table for a terminal, and one of quiz questions by kind below it."""
    rows = [("lesson", *_HEADINGS)]
    kinds = dict.fromkeys(kind for one in reports for kind in _measured(one).kinds)
    by_kind = [("quiz questions", *kinds)]
    for one in reports:
        found = _measured(one)
        gaps = (f"{found.median_gap:g}", str(found.longest_gap.words))
        exercises = (str(len(found.exercises)), str(found.wrong_answers))
        asked = str(sum(found.kinds.values()))
        numbers = (str(found.words), _minutes(found), str(found.actions), *gaps, *exercises, asked)
        rows.append((_name(one), *numbers, _seconds(one)))
        by_kind.append((_name(one), *(str(found.kinds.get(kind, "–")) for kind in kinds)))
    return [*_aligned(rows), "", *_aligned(by_kind)] if reports else []


def line_of(report: LessonReport) -> str:
    """One line that says all of one lesson in words."""
    found = _measured(report)
    gap = found.longest_gap
    kinds = ", ".join(f"{number} {kind}" for kind, number in found.kinds.items()) or "none"
    return (
        f"{_name(report)}: {found.words} words, {_minutes(found)} minutes,"
        f" {found.actions} actions, {found.median_gap:g} words per action"
        f" (longest {gap.words}, line {gap.line}), exercises: {len(found.exercises)},"
        f" wrong answers: {found.wrong_answers}, quiz: {kinds}, seconds to run: {_seconds(report)}"
    )


def report_json(report: LessonReport) -> dict[str, object]:
    """One lesson for programs; `words` and all other numbers are null where it cannot be read."""
    found, ran = report.measured, report.ran
    return {
        "lesson": report.lesson,
        "draft": report.draft,
        "words": found and found.words,
        "minutes": found and found.minutes,
        "actions": found and found.actions,
        "median_gap": found and found.median_gap,
        "longest_gap": found and found.longest_gap.words,
        "longest_gap_line": found and found.longest_gap.line,
        "exercises": found and {one.id: one.wrong_answers for one in found.exercises},
        "quiz_questions": found and found.kinds,
        "seconds": ran and round(ran.seconds, 1),
        "outside": [{"bound": o.bound, "sentence": str(o.problem)} for o in report.outside],
        "problems": [str(one) for one in report.problems] + [*(ran.faults if ran else ())],
    }


def _measured(report: LessonReport) -> Measured:
    if report.measured is None:
        raise ValueError(f"{report.lesson} has no numbers")
    return report.measured


def _name(report: LessonReport) -> str:
    return f"{report.lesson} (draft)" if report.draft else report.lesson


def _minutes(found: Measured) -> str:
    return "–" if found.minutes is None else str(found.minutes)


def _seconds(report: LessonReport) -> str:
    return "–" if report.ran is None else f"{report.ran.seconds:.1f}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns as wide as their widest text; the first stands left, the others right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    ]
