"""Draws a scene: where each database stands, and which of them are alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from course_lib.migrations.migration import number_of

from ..deed import Deed
from ..picture import Picture
from ..sides import TableView
from ..stops import Stop
from .picture import BeatView, CellView, PlaceView, StagePicture
from .places import Places
from .scene import Place, Scene


@dataclass(frozen=True)
class StageState:
    """What was done last, how many beats are played, and all lines of code."""

    name: str
    deed: Deed
    beat: int = 0
    code: tuple[str, ...] = ()
    turn: int = 0

    def after(self, deed: Deed) -> StageState:
        """The state with one more action done."""
        code = (*self.code, f"{self.name}.{deed.code}") if deed.code else self.code
        return replace(self, deed=deed, code=code, turn=self.turn + 1)


def stage_picture(state: StageState, scene: Scene, places: Places) -> StagePicture:
    """The picture of a stage."""
    pictures = {name: timeline.picture for name, timeline in places.timelines.items()}
    shared = places.repository
    stops = [stop["name"] for picture in pictures.values() for stop in picture["stops"][1:]]
    columns = sorted({*stops, *shared.names()}, key=lambda name: (number_of(name) or 0, name))
    deed = state.deed
    return StagePicture(
        id=scene.id,
        title=scene.title,
        text=scene.text,
        name=state.name,
        beats=[
            BeatView(say=beat.say, played=place < state.beat, next=place == state.beat)
            for place, beat in enumerate(scene.beats)
        ],
        over=state.beat >= len(scene.beats),
        columns=columns,
        shared=shared.names(),
        places=[_place(one, pictures.get(one.id), columns, places) for one in scene.places],
        alike=_alike({one.id: one.title for one in scene.places}, pictures),
        said=deed.said,
        tone=deed.tone,
        notes=list(deed.notes),
        code=f"{state.name}.{deed.code}" if deed.code else "",
        script=list(state.code),
        turn=state.turn,
    )


def _place(place: Place, picture: Picture | None, columns: list[str], places: Places) -> PlaceView:
    stops = {stop["name"]: stop for stop in picture["stops"]} if picture else {}
    tables = picture["tables"] if picture else []
    return PlaceView(
        id=place.id,
        title=place.title,
        there=picture is not None,
        cells=[_cell(name, stops.get(name)) for name in columns],
        problems=[places.short(one) for one in picture["problems"]] if picture else [],
        tables=[words for words in map(_table, tables) if words],
        own=sorted(name.removesuffix(".sql") for name in places.repository.own.get(place.id, ())),
    )


def _cell(name: str, stop: Stop | None) -> CellView:
    if stop is None:
        return CellView(name=name, state="no file", letter="–", sign="·", here=False)
    return CellView(
        name=name,
        state=stop["state"],
        letter=stop["letter"],
        sign=stop["sign"],
        here=stop["here"],
    )


def _table(table: TableView) -> str:
    columns = [line["name"] for line in table["lines"] if line["right"] not in ("", "rule")]
    return f"{table['name']} ({', '.join(columns)})" if columns else ""


def _alike(titles: Mapping[str, str], pictures: Mapping[str, Picture]) -> str:
    """Which databases have the same tables, in one sentence."""
    groups: dict[str, list[str]] = {}
    for name, picture in pictures.items():
        groups.setdefault("\n".join(schema_of(picture)), []).append(titles[name])
    alike = [_and(names) for names in groups.values() if len(names) > 1]
    if len(groups) == 1 and len(pictures) > 1:
        return f"All {len(pictures)} databases have the same tables."
    alone = [names[0] for names in groups.values() if len(names) == 1]
    parts = [f"{names} have the same tables" for names in alike]
    if alone:
        verb = "is like no other" if len(alone) == 1 else "are like no other"
        parts.append(f"{_and(alone)} {verb}")
    return f"{'; '.join(parts)}."


def schema_of(picture: Picture) -> list[str]:
    """What a database consists of now, as comparable lines."""
    return [
        f"{table['name']}.{line['name']} {line['right']}"
        for table in sorted(picture["tables"], key=lambda one: one["name"])
        for line in sorted(table["lines"], key=lambda one: one["name"])
        if line["right"]
    ]


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
