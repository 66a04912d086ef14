"""What `--json` prints, key by key. docs/engine.md describes the keys; they stay as they are."""

from __future__ import annotations

from course_lib.migrations import Event, Problem


def problem_json(problem: Problem) -> dict[str, object]:
    """A reason, in parts and as one sentence."""
    return {
        "kind": problem.kind,
        "where": problem.where,
        "what": problem.what,
        "next_step": problem.next_step,
        "sentence": str(problem),
    }


def event_json(event: Event) -> dict[str, object]:
    """One line of the log; the time is UTC."""
    return {
        "happened_at": f"{event.happened_at.isoformat()}Z",
        "name": event.name,
        "direction": event.direction,
        "outcome": event.outcome,
        "guard": event.guard,
        "detail": event.detail,
    }
