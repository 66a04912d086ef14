"""The page's part about exercises: requirement by requirement, and the ideas behind failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from course_lib.insight.charts import share_bar, stacked_bar
from course_lib.insight.counting import ExerciseCount, RequirementCount
from course_lib.insight.pieces import Column, amount, heading, paragraph, place_of, table, words

MOST_CHECKS = 6
"""So many checks and more are one row."""

MOST_IDEAS = 6
"""Of one requirement; the others are in ideas.csv."""

_REQUIREMENTS = (
    Column("Requirement", "wide"),
    Column("passed", "number", "passed"),
    Column("failed", "number", "failed"),
    Column("not checked", "number", "waits"),
    Column("no answer", "number", "none"),
    Column("met at first check", "number"),
    Column("checks to first pass", "number"),
    Column("minutes, if not at once", "number"),
)
_TIERS = ("none", "where to look", "the idea", "the first statement")


def exercise_html(one: ExerciseCount) -> str:
    """An exercise with its heading."""
    return "".join(_parts(one))


def _parts(one: ExerciseCount) -> Iterator[str]:
    yield heading(3, f"Exercise: {one.title}", place_of(one.lesson, one.id))
    graded = max((each.graded for each in one.requirements), default=0)
    tried = max((each.tried for each in one.requirements), default=0)
    if not graded and not tried:
        yield paragraph("Nothing is graded, and nobody has a record of checks.", "soft")
        return
    unknown = max(each.no_verdict for each in one.requirements)
    if unknown:
        yield paragraph(
            f"{unknown} of {graded} graded notebooks hold no verdict: the check failed, or an"
            " older version graded them. Grade them again to count them.",
            "soft",
        )
    yield table(
        f"Requirements: {graded} graded, {tried} with a record of checks",
        _REQUIREMENTS,
        (_requirement(each) for each in one.requirements),
    )
    hidden = sum(each.hidden for each in one.requirements)
    if hidden:
        yield paragraph(
            f"{hidden} times a requirement was met in the learner's own check and not when graded:"
            " the further databases have other rows."
        )
    behind = [row for each in one.requirements for row in _ideas(each)]
    if behind:
        columns = (
            Column("Idea", "wide"),
            Column("requirement"),
            Column("learners", "number"),
        )
        yield table("Ideas behind the failures", columns, behind)
    if tried:
        yield table(
            "How many checks it took until everything was met",
            (Column("checks", "wide"), Column("learners", "number")),
            _needed(one),
            small=True,
        )
    if sum(one.hints[1:]):
        yield table(
            "The furthest hint that learners asked for",
            (Column("hint", "wide"), Column("learners", "number"), Column("met all", "number")),
            (
                (
                    (f"{tier}: " if tier else "")
                    + words(name)
                    + share_bar(count, sum(one.hints), "waits"),
                    str(count),
                    str(done),
                )
                for tier, (name, count, done) in enumerate(
                    zip(_TIERS, one.hints, one.hints_done, strict=True)
                )
            ),
            small=True,
        )


def _requirement(one: RequirementCount) -> tuple[str, ...]:
    bar = stacked_bar(
        [
            ("passed", one.passed),
            ("failed", one.failed),
            ("waits", one.not_checked),
            ("none", one.no_answer),
        ]
    )
    first = f"{one.first_try} of {one.tried}" if one.tried else "–"
    return (
        words(one.title) + bar,
        str(one.passed),
        str(one.failed),
        str(one.not_checked),
        str(one.no_answer),
        first,
        amount(one.checks),
        amount(one.minutes),
    )


def _ideas(one: RequirementCount) -> Iterator[tuple[str, ...]]:
    for idea in one.ideas[:MOST_IDEAS]:
        said = words(idea.words) if idea.known else f'<span class="soft">{words(idea.words)}</span>'
        bar = share_bar(idea.learners, one.failed)
        yield said + bar, words(one.title), f"{idea.learners} of {one.failed}"
    left = sum(idea.learners for idea in one.ideas[MOST_IDEAS:])
    if left:
        yield (
            f'<span class="soft">{left} others, each in ideas.csv</span>',
            words(one.title),
            str(left),
        )


def _needed(one: ExerciseCount) -> Iterator[tuple[str, ...]]:
    counts = Counter(min(number, MOST_CHECKS) for number in one.needed)
    total = len(one.needed) + one.never
    for number in range(1, MOST_CHECKS + 1):
        name = f"{number}" if number < MOST_CHECKS else f"{number} or more"
        yield name + share_bar(counts[number], total, "passed"), str(counts[number])
    yield "not met yet" + share_bar(one.never, total), str(one.never)
