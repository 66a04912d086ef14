"""What a command says when it was told to stop: what is done and what is not, read from the ledger.

A `COMMIT` that was interrupted may have committed, so what ran last is no proof of anything.
"""

from __future__ import annotations

import duckdb

from course_lib.migrations import Plan, Problem, own_cursor, read_applied

KIND = "interrupted"

_UNCHANGED = ("plan", "rehearse", "status", "verify", "diff", "round-trip", "log", "review")
# Of these, only a run that had begun may have changed anything, and `how_far` tells that.
_RUNNING = ("up", "down", "redo")


class Interrupted(KeyboardInterrupt):
    """The command was told to stop, and this problem says how far it had come."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def not_finished(command: str) -> Problem:
    """What is told of a command by its name alone."""
    unchanged = command in (*_UNCHANGED, *_RUNNING)
    what = "nothing was changed" if unchanged else "the command had not finished"
    return Problem(KIND, "", f"Interrupted: {what}", "run it again")


def how_far(con: duckdb.DuckDBPyConnection, plan: Plan) -> Problem:
    """Where the run of a plan was stopped: the migration that is not done, and how many are."""
    with own_cursor(con) as cursor:
        applied = {row.number for row in read_applied(cursor)}
    up = plan.direction == "up"
    did, again = ("applied", "`updown up`") if up else ("taken back", "`updown down`")
    left = [item for item in plan.items if (item.migration.number in applied) != up]
    done = len(plan.items) - len(left)
    if not left:
        # The signal came after the last commit.
        what = f"Interrupted, but all was done by then: {_count(done)} {did}"
        return Problem(KIND, "", what, "`updown status` tells the states")
    name = left[0].migration.name
    before = f"; before it, {_count(done)} {did}" if done else ""
    what = f"Interrupted: {name} was not {did} and nothing of it is left{before}"
    return Problem(KIND, "", what, f"{again} goes on with it")


def _count(number: int) -> str:
    return "1 migration was" if number == 1 else f"{number:,} migrations were"
