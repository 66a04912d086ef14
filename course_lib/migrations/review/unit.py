"""What a rule looks at: one direction of one migration, and the schema that it begins from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..describe import Target, plain, read_target
from ..errors import StepFailure
from ..matching import read_matched
from ..migration import Direction, Migration, Step
from ..names import object_name
from ..operations.operation import OPERATION
from ..schema import Schema, Table


@dataclass(frozen=True)
class BrokenView:
    """A view that could be read before a unit and cannot be read after it; its name and SQL."""

    name: str
    sql: str


@dataclass(frozen=True)
class Unit:
    """One direction of a migration. `before` is None where the schema cannot be told.

    `creates` holds the SQL of the tables in `before`, under the same keys; `stopped` is the step
    that could not be run in memory, after which no schema is known.
    """

    migration: Migration
    direction: Direction
    before: Schema | None
    creates: dict[str, str]
    broken_views: tuple[BrokenView, ...] = ()
    stopped: StepFailure | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in their order."""
        return self.migration.steps(self.direction)

    @property
    def in_transaction(self) -> bool:
        """Whether the engine tries one transaction first."""
        return self.migration.in_transaction(self.direction)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Each step on one line and without comments; "" for an operation.

        An operation looks at the table and goes round what DuckDB refuses, so no rule is about it.
        """
        sql = ("" if step.kind == OPERATION else step.sql for step in self.steps)
        return tuple(map(plain, sql))

    @cached_property
    def targets(self) -> tuple[Target | None, ...]:
        """What each step is about, None where its text does not say so up front."""
        return tuple(None if step.kind == OPERATION else read_target(step) for step in self.steps)

    @cached_property
    def made(self) -> frozenset[str]:
        """The keys of the tables that the unit itself makes: nobody has rows in them yet."""
        return frozenset(key_of(target.table) for _, target in self.with_action("create table"))

    def with_action(self, *actions: str) -> list[tuple[int, Target]]:
        """The steps that do one of these, with their index."""
        found = enumerate(self.targets)
        return [(i, target) for i, target in found if target and target.action in actions]

    def table(self, name: tuple[str, ...]) -> Table | None:
        """The table of that name as it was before the unit."""
        return self.before.tables.get(key_of(name)) if self.before else None

    def assigned(self, index: int) -> frozenset[str]:
        """The columns that the UPDATE at this index sets, in lower case."""
        target = self.targets[index]
        matched = read_matched(self.steps[index], target.table) if target else None
        text = re.sub(r"'(?:[^']|'')*'", "''", matched.assigned if matched else self.texts[index])
        names = re.findall(r'("(?:[^"]|"")+"|\w+) ?=(?!=)', text)
        return frozenset(name.strip('"').replace('""', '"').lower() for name in names)


def key_of(name: tuple[str, ...]) -> str:
    """The key of a table in a schema: `users`, or `s.users` outside `main`."""
    return object_name(name[-2] if len(name) > 1 else "main", name[-1])
