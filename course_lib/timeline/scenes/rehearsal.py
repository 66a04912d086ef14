"""The check of a scene: all of it is played, and every beat has to end as its author says."""

from __future__ import annotations

from collections.abc import Iterator

from .drawing import schema_of
from .scene import Scene, SceneProblem
from .stage import Stage


def rehearse_scene(scene: Scene) -> tuple[SceneProblem, ...]:
    """Play a scene on real databases; what is not as it says, with file and line."""
    return tuple(_rehearse(scene))


def _rehearse(scene: Scene) -> Iterator[SceneProblem]:
    stage = Stage(scene)
    for place in scene.places:
        if place.up not in (None, "0"):
            begun = stage[place.id].picture
            if begun["tone"] == "refused":
                sentence = f"{place.id} cannot begin at {place.up}: {begun['said']}"
                yield SceneProblem(scene.file, place.line, sentence)
    for number, beat in enumerate(scene.beats, start=1):
        deed = stage.next()
        ended = "refused" if deed.tone == "refused" else "done"
        if ended != beat.expect:
            sentence = f"beat {number} should be {beat.expect} and is {ended}: {deed}"
            yield SceneProblem(scene.file, beat.line, sentence)
        elif beat.phrase not in str(deed):
            sentence = f"beat {number} does not say {beat.phrase!r}; it says: {deed}"
            yield SceneProblem(scene.file, beat.line, sentence)
    pictures = {name: stage[name].picture for name in scene.alike}
    for name in scene.alike[1:]:
        first = scene.alike[0]
        if schema_of(pictures[name]) != schema_of(pictures[first]):
            sentence = f"at the end {name} and {first} should have the same tables, and have not"
            yield SceneProblem(scene.file, 1, sentence)
