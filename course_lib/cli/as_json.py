"""What `--json` prints, key by key. docs/engine.md describes the keys; they stay as they are."""

from __future__ import annotations

from course_lib.migrations import (
    Difference,
    Done,
    Event,
    Failure,
    Outcome,
    Plan,
    PlannedMigration,
    Problem,
    ShadowCost,
    Status,
    describe,
)


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


def difference_json(difference: Difference) -> dict[str, object]:
    """One difference between two schemas."""
    return {
        "object": difference.object,
        "is": difference.is_,
        "expected": difference.expected,
    }


def status_json(status: Status) -> dict[str, object]:
    """The state of one migration."""
    return {"name": status.name, "state": status.state, "sentence": status.sentence}


def plan_json(plan: Plan, risks: tuple[str, ...], cost: ShadowCost) -> dict[str, object]:
    """What would be done, what would be lost, and the bytes that a shadow would copy."""
    return {
        "direction": plan.direction,
        "migrations": [_planned_json(item) for item in plan.items],
        "at_risk": list(risks),
        "shadow_bytes": cost.bytes,
        "free_bytes": cost.free,
    }


def outcome_json(outcome: Outcome) -> dict[str, object]:
    """What was done, and where it stopped."""
    failure = outcome.failure
    return {
        "done": [_done_json(done) for done in outcome.done],
        "failure": None if failure is None else _failure_json(failure),
    }


def _planned_json(item: PlannedMigration) -> dict[str, object]:
    steps = [
        {"line": step.line, "kind": step.kind, "sql": step.sql, "words": describe(step)}
        for step in item.steps
    ]
    return {
        "name": item.migration.name,
        "direction": item.direction,
        "guard": item.guard,
        "reversible": item.reversible,
        "steps": steps,
    }


def _done_json(done: Done) -> dict[str, object]:
    return {
        "name": done.name,
        "direction": done.direction,
        "guard": done.guard,
        "seconds": done.seconds,
    }


def _failure_json(failure: Failure) -> dict[str, object]:
    return {
        "name": failure.name,
        "direction": failure.direction,
        "file": failure.file,
        "line": failure.step.line or None,
        "step": failure.index + 1 if failure.index < failure.steps else None,
        "steps": failure.steps,
        "sql": failure.step.sql,
        "error": failure.error,
        "in_transaction": failure.in_transaction,
        "sentence": str(failure),
    }
