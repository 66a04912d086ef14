"""Draws the picture: what was reached and done last, as the plain data that everybody shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from course_lib.migrations import Problem

from .deed import STAGES, Deed, Stage, StepView
from .moment import Moment, Tables
from .picture import ActionView, Ledger, Picture, StageView, StateView, StepsView
from .sides import TableView, put_side_by_side
from .stops import read_stops

Against = Literal["before", "goal"]


@dataclass(frozen=True)
class Reached:
    """A state that the database really was in; `number` counts from 1."""

    number: int
    label: str
    moment: Moment


@dataclass(frozen=True)
class View:
    """What a picture is made of. `looking` is the place of an earlier state among `reached`,
    `walk` the copy before and after a statement, `trouble` why the database cannot be read."""

    database: str
    name: str
    reached: tuple[Reached, ...] = ()
    looking: int | None = None
    against: Against = "before"
    walk: tuple[Tables, Tables] | None = None
    deed: Deed = field(default=Deed("", "This is where the database stands."))
    trouble: Problem | None = None
    code: tuple[str, ...] = ()
    turn: int = 0


ACTIONS = (
    ("review", "Review", "review()"),
    ("step", "Step", "step()"),
    ("up", "Up", "up()"),
    ("down", "Down", "down()"),
    ("reset", "Reset", "reset()"),
    ("refresh", "Look again", "refresh()"),
)

_ADVICE: dict[Stage, str] = {
    "write": "Every file is applied. The next change begins with a new file.",
    "review": "Something is pending. Look at it before it runs: review().",
    "run": "Run it: up(), or statement by statement: step().",
    "track": "It is in the ledger. Repeat for every change.",
}


def picture_of(view: View) -> Picture:
    """The picture of a view."""
    place = len(view.reached) - 1 if view.looking is None else view.looking
    moment = view.reached[place].moment if view.reached else None
    stage = _stage(view)
    deed = view.deed
    sides, tables = _tables(view, place)
    return Picture(
        database=view.database,
        name=view.name,
        stops=read_stops(moment) if moment else [],
        stages=[
            StageView(name=name, sign=sign, words=words, lit=name == stage)
            for name, sign, words in STAGES
        ],
        advice=_ADVICE[stage],
        said=deed.said,
        tone=deed.tone,
        notes=list(deed.notes),
        problems=[str(problem) for problem in moment.problems] if moment else [],
        code=f"{view.name}.{deed.code}" if deed.code else "",
        script=[f"{view.name}.{line}" for line in view.code],
        turn=view.turn,
        states=[StateView(number=one.number, label=one.label) for one in view.reached],
        state=place,
        against=view.against,
        sides=sides,
        tables=tables,
        steps=_steps(deed),
        ledger=_ledger(moment),
        actions=[
            ActionView(id=name, label=label, code=f"{view.name}.{code}")
            for name, label, code in ACTIONS
        ],
        statements=_statements(view.reached[-1].moment) if view.reached else 0,
    )


def _stage(view: View) -> Stage:
    deed = view.deed
    if deed.stage is not None:
        return deed.stage
    script = deed.script
    if view.walk is not None or (deed.tone == "refused" and script is not None):
        return "run"
    if script is not None and script.direction == "up":
        return "run" if any(step.mark == "refused" for step in script.steps) else "track"
    last = view.reached[-1].moment if view.reached else None
    pending = last and any(s.state in ("pending", "failed") for s in last.statuses)
    return "review" if pending else "write"


def _tables(view: View, place: int) -> tuple[list[str], list[TableView]]:
    """The titles of the two sides, and the tables on them."""
    if not view.reached:
        return ["", ""], []
    if view.walk is not None:
        before, after = view.walk
        sides = ["the copy before this statement", "the copy now"]
        return sides, put_side_by_side(before.schema, after.schema, before, after)
    moment = view.reached[place].moment
    now = "now" if place == len(view.reached) - 1 else f"state {view.reached[place].number}"
    if view.against == "goal":
        if isinstance(moment.goal, Problem):
            same = put_side_by_side(moment.tables.schema, moment.tables.schema, None, moment.tables)
            return [now, f"no goal: {moment.goal}"], same
        goal = put_side_by_side(moment.tables.schema, moment.goal, moment.tables, None)
        return [now, "the goal"], goal
    earlier = view.reached[max(place - 1, 0)].moment.tables
    return ["the state before", now], put_side_by_side(
        earlier.schema, moment.tables.schema, earlier, moment.tables
    )


def _steps(deed: Deed) -> StepsView | None:
    if deed.script is None:
        return None
    script = deed.script
    return StepsView(
        title=f"{script.migration}, {script.direction}",
        where=script.where,
        steps=[_step(step) for step in script.steps],
    )


def _step(step: StepView) -> dict[str, str]:
    return {"sql": step.sql, "words": step.words, "mark": step.mark, "note": step.note}


def _ledger(moment: Moment | None) -> Ledger:
    columns = ["number", "name", "guard", "applied (UTC)", "checksum"]
    rows = [
        [
            str(row.number),
            row.name,
            row.guard,
            f"{row.applied_at:%Y-%m-%d %H:%M:%S}",
            f"{row.checksum[:11]}…",
        ]
        for row in (moment.applied if moment else ())
    ]
    return Ledger(columns=columns, rows=rows)


def _statements(moment: Moment) -> int:
    """How many statements the next migration has; 0 where none is pending."""
    done = {row.number for row in moment.applied}
    pending = (m for m in moment.folder.migrations if m.number not in done)
    return next((len(migration.up) for migration in pending), 0)
