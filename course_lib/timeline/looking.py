"""The review: what the next migration is going to do, before it runs."""

from __future__ import annotations

from course_lib.counted import counted
from course_lib.migrations import (
    Refused,
    make_plan,
    own_cursor,
    read_risks,
    read_starting_schema,
    review,
)

from .deed import Deed, refuse, script_of
from .desk import Call
from .going import NOTHING_PENDING


def review_next(call: Call) -> Deed:
    """The steps of the next migration, its guard, what is at risk and what the rules find."""
    plan = make_plan(call.folder, call.applied(), "up", count=1)
    if isinstance(plan, Refused):
        return refuse(call.code, *plan.problems)
    if not plan.items:
        return refuse(call.code, NOTHING_PENDING)
    (item,) = plan.items
    with own_cursor(call.con) as cursor:
        risks = read_risks(cursor, plan)
        start = read_starting_schema(cursor)
    files = {item.migration.file, item.migration.down_file}
    found = [one for one in review(call.folder, start=start) if one.file in files]
    steps = counted(len(item.steps), "statement")
    found_words = "the review finds nothing to look at" if not found else "look at what is below"
    said = f"{item.migration.name} has {steps} up, and {found_words}. Nothing was changed."
    notes = (
        f"Guard: {item.guard}.",
        *(f"At risk: {risk}" for risk in risks),
        *(f"Line {one.line}: {one.sentence}" for one in found),
        *(() if item.reversible else ("It has no down, so it could not be taken back.",)),
    )
    script = script_of(item.migration, "up", "nothing has run")
    return Deed(call.code, said, script=script, notes=notes, stage="review")
