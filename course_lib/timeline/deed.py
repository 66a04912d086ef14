"""What an action did: the line of code that does it, a sentence, and what became of each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from course_lib.migrations import Direction, Migration, Problem, Refused, Step, describe, one_line

StepMark = Literal["waits", "next", "ran", "undone", "refused", "not run"]
Tone = Literal["plain", "done", "refused"]
Stage = Literal["write", "review", "run", "track"]

STAGES: tuple[tuple[Stage, str, str], ...] = (
    ("write", "📝", "you write a file with the change"),
    ("review", "🔍", "you or a teammate look at it"),
    ("run", "⚙️", "the engine applies it, whole or not at all"),
    ("track", "✔", "the ledger has it, so it never runs twice"),
)
"""The workflow, which is repeated for every change: name, sign, what happens there."""


@dataclass(frozen=True)
class StepView:
    """One statement: its SQL, what it does in words, what became of it, and a note on that."""

    sql: str
    words: str
    mark: StepMark
    note: str = ""


@dataclass(frozen=True)
class Script:
    """The steps of one migration in one direction. `where` says on what they ran or will run."""

    migration: str
    direction: Direction
    where: str
    steps: tuple[StepView, ...]


@dataclass(frozen=True)
class Deed:
    """One action. `code` is the line that does it, `notes` is what else there is to say.

    `stage` is set where the action itself is a stage of the workflow.
    """

    code: str
    said: str
    tone: Tone = "plain"
    script: Script | None = None
    notes: tuple[str, ...] = ()
    stage: Stage | None = None

    def __str__(self) -> str:
        return "\n".join([self.said, *(f"- {note}" for note in self.notes)])

    __repr__ = __str__


def refuse(code: str, *problems: Problem) -> Deed:
    """The deed that was not done, with the reasons."""
    if len(problems) == 1:
        return Deed(code, f"Refused, nothing was changed: {problems[0]}", "refused")
    said = f"Refused, nothing was changed, for {len(problems)} reasons."
    return Deed(code, said, "refused", notes=tuple(map(str, problems)))


def refuse_plan(code: str, refused: Refused) -> Deed:
    """A plan that was refused whole."""
    return refuse(code, *refused.problems)


def script_of(
    migration: Migration,
    direction: Direction,
    where: str,
    marks: tuple[StepMark, ...] = (),
    notes: dict[int, str] | None = None,
) -> Script:
    """The steps of a migration with their marks; a step without one waits."""
    steps = migration.steps(direction)
    waiting: list[StepMark] = ["waits" for _ in steps[len(marks) :]]
    marks = (*marks, *waiting)
    views = (
        _view(step, mark, (notes or {}).get(index, ""))
        for index, (step, mark) in enumerate(zip(steps, marks, strict=True))
    )
    return Script(migration.name, direction, where, tuple(views))


def _view(step: Step, mark: StepMark, note: str) -> StepView:
    return StepView(one_line(step.sql, 200), describe(step), mark, note)
