"""All that there is to see of a timeline, as plain data. Page, text and HTML draw from this alone,
so that they cannot say different things."""

from __future__ import annotations

from typing import TypedDict

from .sides import TableView
from .stops import Stop


class StageView(TypedDict):
    """One stage of the workflow; `lit` where the learner is."""

    name: str
    sign: str
    words: str
    lit: bool


class StepsView(TypedDict):
    """The statements of one migration. `where` says on what they ran."""

    title: str
    where: str
    steps: list[dict[str, str]]


class Ledger(TypedDict):
    """The ledger as the database has it."""

    columns: list[str]
    rows: list[list[str]]


class StateView(TypedDict):
    """A state that was reached; `number` is what `timeline.look` takes."""

    number: int
    label: str


class ActionView(TypedDict):
    """A button and the line of code that does the same."""

    id: str
    label: str
    code: str


class Picture(TypedDict):
    """The whole. `code` is the last line of code, `script` all of them; `turn` counts
    actions, `state` is the place among `states` of the one that is shown, `statements` how many
    the next migration has."""

    database: str
    name: str
    stops: list[Stop]
    stages: list[StageView]
    advice: str
    said: str
    tone: str
    notes: list[str]
    problems: list[str]
    code: str
    script: list[str]
    turn: int
    states: list[StateView]
    state: int
    against: str
    sides: list[str]
    tables: list[TableView]
    steps: StepsView | None
    ledger: Ledger
    actions: list[ActionView]
    statements: int
