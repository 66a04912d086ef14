"""A problem, said to a learner: of two ways that the engine knows, the one of the lesson."""

from __future__ import annotations

from dataclasses import replace

from course_lib.migrations import Problem

_NEXT = {
    # That nothing can take a change back is for a team to declare; here the way back is the lesson.
    "no-down": "write the statements that take the change back, under `-- migrate:down`",
}


def in_lesson(problem: Problem) -> Problem:
    """The problem with the next step that helps in a lesson."""
    return replace(problem, next_step=_NEXT.get(problem.kind, problem.next_step))
