"""The numbers behind the page, as CSV. A cell is never a formula to a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from course_lib.classroom.spreadsheet import Row, safe_sheet
from course_lib.insight.counting import TIERS
from course_lib.insight.report import Report


def sheets_of(report: Report) -> dict[str, str]:
    """The texts of all files, by their names."""
    return {
        "repeat.csv": safe_sheet(
            (
                "rank",
                "lesson",
                "part",
                "what",
                "missed",
                "of",
                "weight",
                "idea",
                "why",
                "where",
                "read_again",
            ),
            (
                (
                    *(one.rank, *one.part, one.what, one.number, one.of),
                    *(round(one.weight, 3), one.idea, one.why, one.where, one.see),
                )
                for one in report.repeats
            ),
        ),
        "requirements.csv": safe_sheet(_REQUIREMENT, _requirements(report)),
        "ideas.csv": safe_sheet(
            ("lesson", "exercise", "requirement", "words", "known", "learners"), _ideas(report)
        ),
        "hints.csv": safe_sheet(
            ("lesson", "exercise", "furthest_hint", "learners", "met_all"), _hints(report)
        ),
        "options.csv": safe_sheet(_OPTION, _options(report)),
        "stuck.csv": safe_sheet(
            ("learner", "lesson", "exercise", "requirement", "checks", "hint", "last_seen", "why"),
            (
                (
                    *(one.learner, one.lesson, one.exercise, one.at, one.checks, one.tier),
                    *(one.last.isoformat() if one.last else None, one.why),
                )
                for one in report.stuck
            ),
        ),
        "gain.csv": safe_sheet(
            (
                *("earlier", "later", "question", "answered_both"),
                *("right_then", "right_now", "gained", "lost"),
            ),
            (
                (
                    *(gain.earlier, gain.later, one.stem, one.both),
                    *(one.then, one.now, one.gained, one.lost),
                )
                for gain in report.gains
                for one in gain.questions
            ),
        ),
    }


_REQUIREMENT = (
    *("lesson", "exercise", "requirement", "title", "passed", "failed", "not_checked"),
    *("no_answer", "no_verdict", "with_record", "met_at_first_check", "met_in_own_check"),
    *("checks_to_first_pass", "minutes_to_first_pass", "met_alone_and_not_when_graded"),
)
_OPTION = (
    *("lesson", "quiz", "question", "stem", "kind", "answered", "right_at_first_try"),
    *("never_right", "sure_and_wrong", "seconds", "option", "text", "right", "chosen_first"),
    *("chosen_first_and_sure", "chosen_at_any_try", "stands_for", "explanation"),
)


def _requirements(report: Report) -> Iterator[Row]:
    for lesson in report.lessons:
        for exercise in lesson.exercises:
            for one in exercise.requirements:
                yield (
                    *(lesson.name, exercise.id, one.id, one.title),
                    *(one.passed, one.failed, one.not_checked, one.no_answer, one.no_verdict),
                    *(one.tried, one.first_try, one.own_passed, one.checks),
                    *(None if one.minutes is None else round(one.minutes, 1), one.hidden),
                )


def _ideas(report: Report) -> Iterator[Row]:
    for lesson in report.lessons:
        for exercise in lesson.exercises:
            for one in exercise.requirements:
                for idea in one.ideas:
                    known = "yes" if idea.known else "no"
                    yield lesson.name, exercise.id, one.id, idea.words, known, idea.learners


def _hints(report: Report) -> Iterator[Row]:
    for lesson in report.lessons:
        for exercise in lesson.exercises:
            for tier in range(TIERS + 1):
                yield (
                    *(lesson.name, exercise.id, tier),
                    *(exercise.hints[tier], exercise.hints_done[tier]),
                )


def _options(report: Report) -> Iterator[Row]:
    for lesson in report.lessons:
        for quiz in lesson.quizzes:
            for one in quiz.questions:
                for each in one.picks:
                    yield (
                        *(lesson.name, quiz.id, one.id, one.stem, one.kind, one.answered),
                        *(one.first_right, one.never, one.sure_wrong, one.seconds),
                        *(each.pick.id, each.pick.text, "yes" if each.pick.right else "no"),
                        *(each.first, each.sure, each.ever),
                        *(each.pick.stands_for, each.pick.explanation),
                    )
