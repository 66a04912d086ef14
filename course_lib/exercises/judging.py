"""From evidence to results: which requirements hold, and the differences where one does not."""

from __future__ import annotations

from collections.abc import Callable

from course_lib.counted import counted
from course_lib.migrations import Problem

from .answer import what_was_expected
from .exercise import Requirement
from .findings import Evidence, Finding, printable
from .kinds import KINDS
from .verdict import Difference, Result

# Differences that a requirement shows; more of them would be read by nobody.
SHOWN = 4


def judge(requirements: tuple[Requirement, ...], evidence: list[Evidence]) -> list[Result]:
    """Every requirement, in teaching order, over all worlds: it holds where there is no finding.

    Some kinds still have something to say about the state where a failing up stopped.
    """
    stopped = any(seen.up_stop is not None for seen in evidence)

    def find(requirement: Requirement) -> list[tuple[str, Finding]]:
        judge_one = KINDS[requirement.kind].judge
        return [
            (seen.world, finding)
            for seen in evidence
            for finding in judge_one(seen, requirement.parameters)
        ]

    return in_order(
        requirements,
        find,
        lambda _: len(evidence),
        at_a_stop=lambda requirement: stopped and KINDS[requirement.kind].when_stopped,
    )


def in_order(
    requirements: tuple[Requirement, ...],
    find: Callable[[Requirement], list[tuple[str, Finding]]],
    number: Callable[[Requirement], int],
    *,
    at_a_stop: Callable[[Requirement], bool] = lambda _: False,
) -> list[Result]:
    """Judge one requirement after the other; one whose need has not passed is not checked.

    `find` gives the findings with the world of each, `number` of how many worlds. Where `at_a_stop`
    says so, it is asked all the same: what it finds is told, and what holds earns nothing.
    """
    results: dict[str, Result] = {}
    for requirement in requirements:
        waits_for = next((n for n in requirement.needs if results[n].state != "passed"), None)
        reason = "" if waits_for is None else _what_failed(results[waits_for])
        if waits_for is not None and not at_a_stop(requirement):
            results[requirement.id] = not_checked(requirement, reason)
            continue
        found = find(requirement)
        if found:
            results[requirement.id] = _failed(requirement, found, number(requirement))
        elif waits_for is not None:
            results[requirement.id] = not_checked(requirement, reason)
        else:
            results[requirement.id] = _passed(requirement, number(requirement))
    return list(results.values())


def refuse(requirements: tuple[Requirement, ...], problem: Problem) -> list[Result]:
    """An answer that cannot be run at all fails the first requirement, that it runs, and no
    other."""
    first = requirements[0]
    difference = Difference(
        problem.where,
        printable(problem.what),
        what_was_expected(problem),
        "Nothing of the file was run, so nothing else could be checked.",
        f"{problem.next_step[:1].upper()}{problem.next_step[1:]}.",
    )
    failed = Result(
        first.id,
        first.title,
        first.reason,
        "failed",
        0,
        first.points,
        differences=(difference,),
    )
    return [failed if r is first else not_checked(r, first.title) for r in requirements]


def not_checked(requirement: Requirement, waits_for: str) -> Result:
    """A requirement that was not judged; `waits_for` says what has to hold first."""
    return Result(
        requirement.id,
        requirement.title,
        requirement.reason,
        "not_checked",
        0,
        requirement.points,
        waits_for=waits_for,
    )


def _failed(requirement: Requirement, found: list[tuple[str, Finding]], databases: int) -> Result:
    """The same finding in several worlds is one difference; in all of them, no world is named."""
    worlds: dict[Finding, list[str]] = {}
    for world, finding in found:
        worlds.setdefault(finding, []).append(world)
    differences = tuple(
        Difference(
            printable(finding.object) + _in_which(where, databases),
            printable(finding.is_),
            finding.expected,
            requirement.consequence,
            ". ".join(part for part in (printable(finding.place), requirement.where) if part) + ".",
        )
        for finding, where in worlds.items()
    )
    return Result(
        requirement.id,
        requirement.title,
        requirement.reason,
        "failed",
        0,
        requirement.points,
        differences=differences[:SHOWN],
        more=max(0, len(differences) - SHOWN),
    )


def _in_which(worlds: list[str], databases: int) -> str:
    if len(worlds) == databases or not any(worlds):
        return ""
    return " in " + (" and ".join(worlds) if len(worlds) < 3 else counted(len(worlds), "database"))


def _what_failed(result: Result) -> str:
    """The title of the requirement at the bottom of a chain of waiting ones."""
    return result.waits_for or result.title


def _passed(requirement: Requirement, databases: int) -> Result:
    return Result(
        requirement.id,
        requirement.title,
        requirement.reason,
        "passed",
        requirement.points,
        requirement.points,
        fact=requirement.fact.format(n=databases),
    )
