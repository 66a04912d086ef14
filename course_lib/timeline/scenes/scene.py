"""A scene: several databases, each somewhere in one history, and what happens to them, in beats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Act = Literal[
    "write", "push", "pull", "join", "catch-up", "up", "down", "by-hand", "renumber", "look"
]
Expected = Literal["done", "refused"]

ACTS: dict[Act, tuple[str, ...]] = {
    "write": ("migration", "text"),
    "push": (),
    "pull": (),
    "join": (),
    "catch-up": (),
    "up": (),
    "down": (),
    "by-hand": ("sql",),
    "renumber": ("migration", "to"),
    "look": (),
}
"""What can happen, with the keys that it needs."""


@dataclass(frozen=True)
class Place:
    """A database of the scene: whose it is, and how far it is at the start.

    `up` is the number or name of the migration it stands at, `0` for none, None for a database
    that comes only later, by the act `join`.
    """

    id: str
    title: str
    up: str | None
    line: int


@dataclass(frozen=True)
class Written:
    """A migration's file: its name without `.sql`, its text, and where the text begins."""

    name: str
    text: str
    line: int


@dataclass(frozen=True)
class Beat:
    """One thing that happens: `say` tells it beforehand, `act` does it at the database `at`.

    `expect` is how it ends, `phrase` a part of what is then said; the scene's check holds both.
    `values` has what the act needs besides, see `ACTS`.
    """

    say: str
    act: Act
    at: str
    values: dict[str, str]
    expect: Expected
    phrase: str
    line: int


@dataclass(frozen=True)
class Scene:
    """A whole scene. `migrations` are in the shared repository at the start, `ends` says which
    databases are alike at the end: groups of their ids."""

    id: str
    title: str
    text: str
    file: str
    places: tuple[Place, ...]
    migrations: tuple[Written, ...]
    beats: tuple[Beat, ...]
    alike: tuple[str, ...]


@dataclass(frozen=True)
class SceneProblem:
    """One fault of a scene: the file, the line (from 1) and a sentence for its author."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.sentence}"


class SceneError(ValueError):
    """A scene that cannot be played; `problems` holds everything that was found, by line."""

    def __init__(self, problems: tuple[SceneProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
