"""What an exercise is, as data: the author's whole spec and the part that learners get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .state import State

FORMAT = 1


class SpecError(Exception):
    """A spec that cannot be used: which file, which line (from 1), and why in one sentence."""

    def __init__(self, file: Path | str, line: int, sentence: str) -> None:
        super().__init__(f"{file}, line {line}: {sentence}")
        self.file = str(file)
        self.line = line
        self.sentence = sentence


@dataclass(frozen=True)
class World:
    """A starting database: the exercise's schema with these rows (SQL; may be empty)."""

    name: str
    title: str
    rows: str


@dataclass(frozen=True)
class Requirement:
    """One thing that an exercise asks for.

    `kind` names the function that judges it, `parameters` are that function's. `needs` are ids of
    requirements without which this one cannot be judged. `consequence` and `where` end every
    difference; `fact` says what was seen when it passes (`{n}` is the number of databases).
    """

    id: str
    kind: str
    title: str
    reason: str
    points: int
    needs: tuple[str, ...]
    parameters: Mapping[str, Any]
    consequence: str
    where: str
    fact: str


@dataclass(frozen=True)
class Expected:
    """What a right answer leaves behind in one world: after the up, and after rows and the down."""

    after_up: State
    after_down: State


@dataclass(frozen=True)
class Solution:
    """A model answer: text of a migration file. `line` is its place in the spec."""

    name: str
    answer: str
    line: int


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that must fail the requirement `fails` with a message that holds `phrase`."""

    name: str
    answer: str
    fails: str
    phrase: str
    line: int


@dataclass(frozen=True)
class HiddenTable:
    """How to draw the rows of one table: least and most rows, and a generator for each column."""

    name: str
    rows: tuple[int, int]
    columns: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class HiddenWorld:
    """A world whose rows come from a secret (`hidden.draw_world`)."""

    name: str
    title: str
    tables: tuple[HiddenTable, ...]


@dataclass(frozen=True)
class Task:
    """What the learner's copy and the author's spec have in common.

    `database` is the name under which a world is attached, `migration` the name of the file asked
    for, `stub` what the learner starts from, `schema` and `writes` SQL: the tables of every world,
    and the rows that somebody writes between the up and the down. `hints` are three tiers: where
    to look, which idea, the first statement.
    """

    id: str
    lesson: str
    title: str
    task: str
    database: str
    migration: str
    stub: str
    schema: str
    writes: str
    requirements: tuple[Requirement, ...]
    hints: tuple[str, ...]
    worlds: tuple[World, ...]

    @property
    def max_points(self) -> int:
        """The points of all requirements together."""
        return sum(requirement.points for requirement in self.requirements)


@dataclass(frozen=True)
class Exercise:
    """The author's whole spec, read from the file `source`."""

    task: Task
    hidden: tuple[HiddenWorld, ...]
    solutions: tuple[Solution, ...]
    wrong_answers: tuple[WrongAnswer, ...]
    source: str


@dataclass(frozen=True)
class PublicExercise:
    """The learner's part: the task, and what each visible world must look like, by its name."""

    task: Task
    expected: Mapping[str, Expected]
    further_databases: int
