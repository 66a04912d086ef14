"""The databases that an exercise starts from: those that learners see, and those that are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class World:
    """A starting database: the exercise's schema with these rows (SQL; may be empty)."""

    name: str
    title: str
    rows: str


@dataclass(frozen=True)
class HiddenTable:
    """How to draw the rows of one table: least and most rows, and a generator for each column."""

    name: str
    rows: tuple[int, int]
    columns: Mapping[str, Mapping[str, Any]]


AT_THE_END = ""
"""In the place of a migration's name: after the last up, before the first down."""


@dataclass(frozen=True)
class HiddenWorld:
    """A world whose rows come from a secret (`hidden.draw_world`).

    `written` are rows that somebody writes there on the way, besides those of the spec, which every
    learner can read: by the migration after whose up they are written, or `AT_THE_END`.
    """

    name: str
    title: str
    tables: tuple[HiddenTable, ...]
    written: Mapping[str, tuple[HiddenTable, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class DrawnWorld(World):
    """A hidden world with the rows that a secret gives; `written` is SQL.

    `quick` makes the same rows as `rows`, in SQL that nobody would like to read.
    """

    written: Mapping[str, str]
    quick: str
