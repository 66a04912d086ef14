"""The actions that change the database: along the line, statement by statement, and broken."""

from __future__ import annotations

from dataclasses import replace

from course_lib.migrations import Direction, Plan, Problem, Refused, make_plan, nothing_to_do

from .deed import Deed, refuse
from .desk import Call
from .doing import break_one, run_one
from .walk import Walk

NOTHING_PENDING = Problem(
    "nothing-pending", "", "no migration is pending", "take one back with down() first"
)


def go(
    call: Call, direction: Direction, *, count: int | None = None, to: str | None = None
) -> Deed:
    """Run what a plan says, one migration after the other, and keep the state after each."""
    plan = make_plan(call.folder, call.applied(), direction, count=count, to=to)
    if isinstance(plan, Refused):
        return refuse(call.code, *map(_in_words_of_the_line, plan.problems))
    if not plan.items:
        return Deed(call.code, nothing_to_do(direction))
    said: list[str] = []
    for item in plan.items:
        deed = run_one(call.con, Plan(direction, (item,)), call.code)
        if deed.tone == "refused":
            break
        said.append(deed.said)
        call.reached()
    if len(said) < 2 and deed.tone != "refused":
        return deed
    if deed.tone == "refused":
        return replace(deed, notes=(*said, *deed.notes))
    verb = "applied" if direction == "up" else "taken back"
    return replace(deed, said=f"{len(said)} migrations {verb}.", notes=tuple(said))


def go_to(call: Call, stop: str) -> Deed:
    """Up or down, whichever way the stop lies."""
    applied = call.applied()
    named = next((row for row in applied if _is(row.name, row.number, stop)), None)
    if stop != "0" and named is None:
        return go(call, "up", to=stop)
    if named is not None and named == applied[-1]:
        return Deed(call.code, f"Nothing to do: {named.name} is where the database stands.")
    return go(call, "down", to=stop)


def step_on(call: Call, walk: Walk | None, direction: Direction) -> tuple[Deed, Walk | None]:
    """The next statement on the copy; the deed, and the walk while it goes on."""
    if walk is not None and walk.item.direction != direction:
        walk.close()
        walk = None
    if walk is None:
        return _set_out(call, direction)
    name, count = walk.item.migration.name, len(walk.item.steps)
    if walk.is_through:
        walk.close()
        deed = go(call, direction, count=1)
        return replace(deed, notes=("The copy is gone again.", *deed.notes)), None
    failure = walk.next()
    if failure is not None:
        walk.close()
        said = (
            f"Statement {walk.done + 1} of {count} was refused on the copy: {failure.error}."
            " The copy is gone, and your database was never touched."
        )
        return Deed(call.code, said, "refused", walk.script(failure)), None
    said = f"Statement {walk.done} of {count} of {name} has run on the copy."
    if walk.is_through:
        said += " It was the last. The next step puts the whole into your database."
    return Deed(call.code, said, "done", walk.script()), walk


def break_next(call: Call, statement: int) -> Deed:
    """The next migration, with one statement made to fail."""
    plan = make_plan(call.folder, call.applied(), "up", count=1)
    if isinstance(plan, Refused):
        return refuse(call.code, *plan.problems)
    if not plan.items:
        return refuse(call.code, NOTHING_PENDING)
    name, steps = plan.items[0].migration.name, len(plan.items[0].steps)
    if statement not in range(1, steps + 1):
        what = f"{name} has the statements 1 to {steps}, and none with the number {statement}"
        return refuse(call.code, Problem("statement", "", what, "break one that is there"))
    return break_one(call.con, plan, statement, call.code)


def _set_out(call: Call, direction: Direction) -> tuple[Deed, Walk | None]:
    plan = make_plan(call.folder, call.applied(), direction, count=1)
    if isinstance(plan, Refused):
        return refuse(call.code, *plan.problems), None
    if not plan.items:
        return Deed(call.code, nothing_to_do(direction)), None
    walk = Walk(call.con, plan.items[0])
    said = (
        f"A copy of the database is made, for {walk.item.migration.name} {direction}."
        f" Statement 1 of {len(walk.item.steps)} is next. Guess what it will do."
    )
    return Deed(call.code, said, script=walk.script()), walk


def _in_words_of_the_line(problem: Problem) -> Problem:
    if problem.kind == "target":
        return replace(problem, next_step="the names and numbers stand on the line")
    return problem


def _is(name: str, number: int, stop: str) -> bool:
    return stop == name or (stop.isascii() and stop.isdigit() and int(stop) == number)
