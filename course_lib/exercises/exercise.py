"""What an exercise is, as data: the author's whole spec and the part that learners get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from .asked_function import AskedFunction, HiddenCalls
from .state import State
from .trial import Outcome, Trial
from .world import HiddenWorld, World

FORMAT = 1

# The text of the one migration or function that is asked for, or of several by their names.
AnswerText = str | bytes | Mapping[str, str | bytes]

# What an answer is written in: migrations in SQL, migrations as Python's list of operations, or one
# function in Python.
Language = Literal["sql", "operations", "python"]


class SpecError(Exception):
    """A spec that cannot be used: which file, which line (from 1), and why in one sentence."""

    def __init__(self, file: Path | str, line: int, sentence: str) -> None:
        super().__init__(f"{file}, line {line}: {sentence}")
        self.file = str(file)
        self.line = line
        self.sentence = sentence


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
    """What a right answer leaves behind in one world: after the up, and after rows and the down.

    `after_down` is None where nothing is to be taken down; `trials` is what came of the statements
    that the requirements try along the way.
    """

    after_up: State
    after_down: State | None
    trials: Mapping[Trial, Outcome]


@dataclass(frozen=True)
class Solution:
    """A model answer: text of a migration file, or of several. `line` is its place in the spec.

    With `own_state` it ends in another state than the first one, and that is right as well: an
    answer is compared with the nearest.
    """

    name: str
    answer: str | Mapping[str, str]
    line: int
    own_state: bool = False


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that must fail the requirement `fails` with a message that holds `phrase`.

    `also` are the other requirements that the same mistake breaks; no others may fail.
    """

    name: str
    answer: str | Mapping[str, str]
    fails: str
    phrase: str
    line: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskedMigration:
    """One migration that an exercise asks for: its name and what the learner starts from.

    One that is `irreversible` loses what no down can bring back; it says so instead of having one.
    `writes` is SQL of those who use the database after it and before the next.
    """

    name: str
    stub: str
    irreversible: bool = False
    writes: str = ""


@dataclass(frozen=True)
class EarlierMigration:
    """A migration that every world has applied already. Its text is what the ledger vouches for;
    what it did is part of the exercise's schema."""

    name: str
    text: str


@dataclass(frozen=True)
class Task:
    """What the learner's copy and the author's spec have in common.

    `database` is the name under which a world is attached, `migrations` the files asked for in
    their order, `schema` and `writes` SQL: the tables of every world, and the rows that somebody
    writes between the up and the down. All of them are empty where a `function` is asked for.
    `hints` are three tiers: where to look, which idea, the first statement.
    """

    id: str
    lesson: str
    title: str
    task: str
    database: str
    schema: str
    writes: str
    migrations: tuple[AskedMigration, ...]
    earlier: tuple[EarlierMigration, ...]
    requirements: tuple[Requirement, ...]
    hints: tuple[str, ...]
    worlds: tuple[World, ...]
    language: Language = "sql"
    function: AskedFunction | None = None

    @property
    def max_points(self) -> int:
        """The points of all requirements together."""
        return sum(requirement.points for requirement in self.requirements)

    @property
    def reversible(self) -> tuple[AskedMigration, ...]:
        """The migrations that a down takes back; the irreversible ones come after them."""
        return tuple(asked for asked in self.migrations if not asked.irreversible)

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files of an answer, in their order: `001_add_email.sql`."""
        if self.function is not None:
            return (f"{self.function.name}.py",)
        ending = "sql" if self.language == "sql" else "py"
        return tuple(f"{asked.name}.{ending}" for asked in self.migrations)

    @property
    def stubs(self) -> dict[str, str]:
        """The untouched exercise, as an answer."""
        if self.function is not None:
            return {self.function.name: self.function.stub}
        return {asked.name: asked.stub for asked in self.migrations}


@dataclass(frozen=True)
class Exercise:
    """The author's whole spec, read from the file `source`.

    `lines` are the places (from 1) of what DuckDB may refuse: of the schema under the name
    "schema", of the rows of a world under ("world", name) or ("hidden", name); of a call under
    ("call", name). `returns` is what the spec says of the results of visible calls, by their names.
    """

    task: Task
    hidden: tuple[HiddenWorld, ...]
    solutions: tuple[Solution, ...]
    wrong_answers: tuple[WrongAnswer, ...]
    source: str
    lines: Mapping[str | tuple[str, str], int]
    hidden_calls: tuple[HiddenCalls, ...] = ()
    returns: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PublicExercise:
    """The learner's part: the task, and by the name of each visible world the states in which a
    right answer may leave it (the same number of states for every world).

    Where a function is asked for, `results` are those of the visible calls by their names, and what
    only the grading has are further calls.
    """

    task: Task
    expected: Mapping[str, tuple[Expected, ...]]
    further_databases: int
    results: Mapping[str, Any] = field(default_factory=dict)
