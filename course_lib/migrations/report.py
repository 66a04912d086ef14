"""Plain lines about statuses, plans and outcomes, for the terminal and the notebook."""

from __future__ import annotations

from .describe import describe
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


def plan_lines(plan: Plan, risks: tuple[str, ...]) -> list[str]:
    """The plan, step by step, with the guard and what would be lost."""
    if not plan.items:
        return [nothing_to_do(plan.direction)]
    lines = []
    for item in plan.items:
        back = "" if item.reversible else "; there is no down"
        lines.append(f"{item.migration.name} {item.direction} (guard: {item.guard}{back})")
        for number, step in enumerate(item.steps, 1):
            lines.append(f"  {number}. {one_line(step.sql)}")
            lines.append(f"     {describe(step)}")
    lines.extend(f"At risk: {risk}" for risk in risks)
    return lines


def outcome_lines(outcome: Outcome, direction: Direction) -> list[str]:
    """What was done, with the guard and the time, and why it ended early."""
    lines = [done_line(done) for done in outcome.done]
    if outcome.failure is not None:
        lines.append(str(outcome.failure))
    return lines or [nothing_to_do(direction)]


def done_line(done: Done) -> str:
    """One line about a migration that was run."""
    milliseconds = done.seconds * 1000
    return f"{done.name} {_VERBS[done.direction]} (guard: {done.guard}, {milliseconds:.0f} ms)"


def nothing_to_do(direction: Direction) -> str:
    """The sentence for a plan without items."""
    if direction == "up":
        return "Nothing to do: every migration is applied."
    return "Nothing to do: no migration is applied."
