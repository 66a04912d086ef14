"""All that there is to see of a scene, as plain data; page, text and HTML draw from this alone."""

from __future__ import annotations

from typing import TypedDict


class CellView(TypedDict):
    """One migration at one database. `state` is a state of the line, or `no file`."""

    name: str
    state: str
    letter: str
    sign: str
    here: bool


class PlaceView(TypedDict):
    """One database: where it stands, its cells, what is wrong, its tables in words.

    `there` is False for one that has not joined yet, `own` has the files it has not pushed.
    """

    id: str
    title: str
    there: bool
    cells: list[CellView]
    problems: list[str]
    tables: list[str]
    own: list[str]


class BeatView(TypedDict):
    """A beat of the story; `played` when it has happened, `next` when it is the one to come."""

    say: str
    played: bool
    next: bool


class StagePicture(TypedDict):
    """The whole. `columns` are the names of all migrations that any folder or ledger knows."""

    id: str
    title: str
    text: str
    name: str
    beats: list[BeatView]
    over: bool
    columns: list[str]
    shared: list[str]
    places: list[PlaceView]
    alike: str
    said: str
    tone: str
    notes: list[str]
    code: str
    script: list[str]
    turn: int
