"""Plays a scene on real database files: its beats one by one, and whatever else a person tries."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..deed import Deed
from ..timeline import Timeline
from .drawing import StageState, stage_picture
from .html import stage_to_html
from .picture import StagePicture
from .places import Places
from .scene import Scene
from .text import stage_to_text

OVER = "The scene is over. Try what you like, or play it again with reset()."


class Stage:
    """A scene with its databases; `stage["ada"]` is the timeline of one of them.

    Everything lies in a folder of its own, which goes with the stage.
    """

    def __init__(self, scene: Scene, *, name: str = "stage") -> None:
        self.scene = scene
        self.folder = Path(tempfile.mkdtemp(prefix="updown-scene-"))
        self._end = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._watchers: list[weakref.WeakMethod[Callable[[], None]]] = []
        self._places = Places(scene, self.folder / "1", name)
        self._runs = 1
        self._state = StageState(name, Deed("", "This is how the scene begins."))

    def __getitem__(self, place: str) -> Timeline:
        if place not in self._places.timelines:
            known = self._places.known()
            raise KeyError(f"there is no database {place!r} here; there are {known}")
        return self._places.timelines[place]

    def next(self) -> Deed:
        """Play the next beat of the scene."""
        beats, beat = self.scene.beats, self._state.beat
        if beat >= len(beats):
            return self._show(Deed("next()", OVER))
        self._state = replace(self._state, beat=beat + 1)
        deed = self._places.play(beats[beat])
        notes = deed.notes
        if deed.code:
            notes = (f"The same by its own name: {self._state.name}.{deed.code}", *notes)
        return self._show(replace(deed, code="next()", notes=notes))

    def reset(self) -> Deed:
        """Begin the scene again, with every database and every file as at its start."""
        shutil.rmtree(self.folder / str(self._runs), ignore_errors=True)
        self._runs += 1
        self._places = Places(self.scene, self.folder / str(self._runs), self._state.name)
        self._state = replace(self._state, beat=0)
        return self._show(Deed("reset()", "Everything is as at the beginning of the scene."))

    def write(self, at: str, migration: str, text: str) -> Deed:
        """Somebody writes a migration's file, which nobody else has yet."""
        return self._show(self._places.write(at, migration, text))

    def push(self, at: str) -> Deed:
        """Share the files that were written at this database."""
        return self._show(self._places.push(at))

    def pull(self, at: str) -> Deed:
        """Get the files that others have shared."""
        return self._show(self._places.pull(at))

    def join(self, at: str) -> Deed:
        """A new database begins: an empty file, and all shared files."""
        return self._show(self._places.join(at))

    def catch_up(self, at: str) -> Deed:
        """Get all shared files and apply what is missing, and nothing else: a deploy."""
        return self._show(self._places.catch_up(at))

    def up(self, at: str) -> Deed:
        """Apply the next pending migration of one database."""
        return self._show(self._places.up(at))

    def down(self, at: str) -> Deed:
        """Take the newest migration of one database back."""
        return self._show(self._places.down(at))

    def by_hand(self, at: str, sql: str) -> Deed:
        """Somebody changes a database with a statement of their own, past every migration."""
        return self._show(self._places.by_hand(at, sql))

    def renumber(self, at: str, migration: str, to: str) -> Deed:
        """Somebody gives a migration's file another number, for everybody once it is pushed."""
        return self._show(self._places.renumber(at, migration, to))

    @property
    def picture(self) -> StagePicture:
        """All that there is to see, as plain data."""
        places = self._places
        return stage_picture(self._state, self.scene, places)

    def look_again(self) -> None:
        """Read every database again, for what was done by `stage["ada"].up()` and the like."""
        for timeline in self._places.timelines.values():
            timeline.look_again()

    def watch(self, changed: Callable[[], None]) -> None:
        """Call a method after each action, as long as its object is there."""
        self._watchers.append(weakref.WeakMethod(changed))

    def __str__(self) -> str:
        self.look_again()
        return stage_to_text(self.picture)

    def __repr__(self) -> str:
        return f"Stage of {self.scene.title}: {self._state.deed.said}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": stage_to_html(self.picture)}

    def _show(self, deed: Deed) -> Deed:
        self._state = self._state.after(deed)
        for watcher in tuple(self._watchers):
            changed = watcher()
            if changed is None:
                self._watchers.remove(watcher)
            else:
                changed()
        return deed
