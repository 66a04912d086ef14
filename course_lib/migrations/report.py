"""Plain lines about statuses, plans and outcomes, for the terminal and the notebook."""

from __future__ import annotations

from collections.abc import Sequence

from .cost import ShadowCost, size_in_words
from .describe import describe
from .diff import Difference
from .ledger import Event
from .migration import Direction
from .plan import Plan
from .runner import Done, Outcome
from .statements import one_line
from .states import Status

_VERBS: dict[Direction, str] = {"up": "applied", "down": "taken back"}


def status_lines(statuses: tuple[Status, ...]) -> list[str]:
    """One line a migration: name, state, and what to do next."""
    if not statuses:
        return ["No migration yet."]
    width = max(len(status.name) for status in statuses)
    return [f"{s.name:<{width}}  {s.state:<8} {s.sentence}" for s in statuses]


def plan_lines(plan: Plan, risks: tuple[str, ...], cost: ShadowCost | None = None) -> list[str]:
    """The plan, step by step, with the guard, what would be lost, and what a shadow would copy."""
    if not plan.items:
        return [nothing_to_do(plan.direction)]
    lines = []
    for item in plan.items:
        back = "" if item.reversible else f"; no way back: {item.migration.irreversible}"
        lines.append(f"{item.migration.name} {item.direction} (guard: {item.guard}{back})")
        for number, step in enumerate(item.steps, 1):
            lines.append(f"  {number}. {one_line(step.sql)}")
            lines.append(f"     {describe(step)}")
    lines.extend(f"At risk: {risk}" for risk in risks)
    if cost is not None:
        lines.append(cost_line(cost))
    return lines


def cost_line(cost: ShadowCost) -> str:
    """What a shadow would copy, and whether the disk can hold it."""
    copied, free = size_in_words(cost.bytes), size_in_words(cost.free)
    if cost.fits:
        return f"Cost: a shadow would copy {copied}; {free} are free."
    return f"Cost: a shadow would copy {copied} and is refused, since {free} are free; make room."


def outcome_lines(outcome: Outcome, direction: Direction) -> list[str]:
    """What was done, with the guard and the time, and why it ended early."""
    lines = [done_line(done) for done in outcome.done]
    if outcome.failure is not None:
        lines.append(str(outcome.failure))
    return lines or [nothing_to_do(direction)]


def log_lines(events: tuple[Event, ...]) -> list[str]:
    """The events as a table with a heading, oldest first; times are UTC."""
    if not events:
        return ["Nothing has happened yet: no migration was run on this database."]
    rows = [("when (UTC)", "migration", "direction", "outcome", "guard", "detail")]
    for event in events:
        when = f"{event.happened_at:%Y-%m-%d %H:%M:%S}"
        detail = one_line(event.detail or "", 200)
        rows.append((when, event.name, event.direction, event.outcome, event.guard, detail))
    return table_lines(rows)


def difference_lines(differences: tuple[Difference, ...]) -> list[str]:
    """The differences as a table with a heading."""
    if not differences:
        return ["No difference."]
    rows = [("object", "is", "expected")]
    rows.extend((d.object, one_line(d.is_, 200), one_line(d.expected, 200)) for d in differences)
    return table_lines(rows)


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of equal length as lines, two blanks between the columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def done_line(done: Done) -> str:
    """One line about a migration that was run."""
    milliseconds = done.seconds * 1000
    return f"{done.name} {_VERBS[done.direction]} (guard: {done.guard}, {milliseconds:.0f} ms)"


def nothing_to_do(direction: Direction) -> str:
    """The sentence for a plan without items."""
    if direction == "up":
        return "Nothing to do: every migration is applied."
    return "Nothing to do: no migration is applied."
