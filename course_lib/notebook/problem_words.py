"""A problem, said to a learner: of two ways that the engine knows, the one of the lesson."""

from __future__ import annotations

from dataclasses import replace

from course_lib.migrations import Problem

_NEXT = {
    # The way back comes first: that nothing can take a change back is the exception, of lesson 5.
    "no-down": (
        "write the statements that take the change back, under `-- migrate:down`; only where"
        " nothing can, write `-- migrate:irreversible` and the reason"
    ),
}


def in_lesson(problem: Problem) -> Problem:
    """The problem with the next step that helps in a lesson."""
    return replace(problem, next_step=_NEXT.get(problem.kind, problem.next_step))
