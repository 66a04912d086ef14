"""A verdict as lines of text: the first failure in words, then every requirement."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .verdict import Difference, Result, Verdict

WIDTH = 96
STATES = {"passed": "passed", "failed": "not yet", "not_checked": "not checked"}


def verdict_text(verdict: Verdict) -> str:
    """The whole verdict for a terminal, at most `WIDTH` characters a line where words allow."""
    return "\n".join(
        [headline(verdict), *_first(verdict), "", *_requirements(verdict), *_further(verdict)]
    )


def headline(verdict: Verdict) -> str:
    """Exercise and points in one line."""
    if verdict.fault is not None:
        return f"{verdict.exercise}: no points were given or taken"
    return f"{verdict.exercise}: {verdict.points} of {verdict.max_points} points"


def all_met_sentence(verdict: Verdict) -> str:
    """What was seen when nothing failed, and on which databases: never more than was checked."""
    seen = f"the {verdict.databases} {verdict.tried}s"
    if verdict.further_databases:
        seen += " that you can see"
    on = "in" if verdict.tried == "call" else "on"
    return f"All {len(verdict.results)} requirements are met {on} {seen}."


def fault_sentence(verdict: Verdict) -> str:
    """What a fault means for the one who reads it."""
    return (
        f"{(verdict.fault or '')[:1].upper()}{(verdict.fault or '')[1:]}. This is not about the"
        " answer: nothing was judged, and the answer waits for a person to look at it."
    )


def further_sentence(verdict: Verdict) -> str:
    """On how many further databases the grading runs, or how many calls it makes; empty when there
    are none."""
    number = verdict.further_databases
    if not number:
        return ""
    if verdict.tried == "call":
        return f"The grading makes {number} further call{'s' * (number > 1)} with other arguments."
    return (
        f"The grading also runs on {number} further database{'s' * (number > 1)} with other rows."
    )


def hint_sentence(verdict: Verdict) -> str:
    """How to ask for a hint; empty when all is met, and where there is none to be had."""
    if verdict.first_failure is None or not verdict.hint_call:
        return ""
    return f"Stuck? `{verdict.hint_call}` gives one hint at a time."


def more_sentence(result: Result) -> str:
    """How many differences are not shown; empty when all are."""
    if not result.more:
        return ""
    return f"{result.more} more difference{'s' * (result.more > 1)} of this kind."


def waiting_sentence(result: Result, verdict: Verdict) -> str:
    """Why a requirement was not checked, said at the first of those that wait for the same.

    Empty when it was checked, or when the check failed.
    """
    waiting = [
        one
        for one in verdict.results
        if one.state == "not_checked" and one.waits_for and one.waits_for == result.waits_for
    ]
    if not waiting or result is not waiting[0]:
        return ""
    which = "This waits" if len(waiting) == 1 else f"All {len(waiting)} not checked wait"
    return f"{which} for: {result.waits_for}"


def _first(verdict: Verdict) -> list[str]:
    if verdict.fault is not None:
        return ["", *_wrapped(fault_sentence(verdict), "")]
    first = verdict.first_failure
    if first is None:
        return ["", *_wrapped(f"{all_met_sentence(verdict)} {verdict.results[-1].fact}", "")]
    lines = ["", *_wrapped(f"Not yet: {first.title}", ""), *_wrapped(f"Why: {first.reason}", "  ")]
    ends = [(d.consequence, d.where) for d in first.differences]
    for difference, end, after in zip(first.differences, ends, [*ends[1:], None], strict=True):
        # What follows, and where to look, stand once where they are the same.
        lines += ["", *_difference(difference, same_end=end == after)]
    if first.more:
        lines += ["", f"  {more_sentence(first)}"]
    if hint_sentence(verdict):
        lines += ["", *_wrapped(hint_sentence(verdict), "")]
    return lines


def _requirements(verdict: Verdict) -> list[str]:
    lines = []
    for result in verdict.results:
        head = f"{STATES[result.state]:<12} {result.points} of {result.max_points}  "
        lines += _wrapped(f"{head}{result.title}", "", " " * len(head))
        note = result.fact or waiting_sentence(result, verdict)
        if result.state == "failed" and result is not verdict.first_failure:
            note = "; ".join(f"{d.object}: {d.is_}" for d in result.differences[:1])
        if note:
            lines += _wrapped(note, " " * len(head))
    return lines


def _difference(difference: Difference, *, same_end: bool) -> list[str]:
    lines = _wrapped(difference.object, "  ")
    parts = [("is", difference.is_), ("expected", difference.expected)]
    if not same_end:
        parts += [("so", difference.consequence), ("next", difference.where)]
    for name, text in parts:
        lines += _wrapped(f"    {name:<10}{text}", "", " " * 14)
    return lines


def _further(verdict: Verdict) -> list[str]:
    sentence = further_sentence(verdict)
    return ["", *_wrapped(sentence, "")] if sentence and verdict.fault is None else []


def _wrapped(text: str, first: str, rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
