"""The databases of a scene and the team's files: what can be done at each of them, for real."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb

from course_lib.migrations import Problem, connect, make_database
from course_lib.migrations.migration import NAME

from ..deed import Deed, refuse
from ..timeline import Timeline
from .repository import Repository
from .scene import Beat, Place, Scene


class Places:
    """Databases and files in a folder, which has to be empty. `name` is what code calls the stage.

    A mistake is told, not raised.
    """

    def __init__(self, scene: Scene, folder: Path, name: str) -> None:
        self.scene = scene
        self.timelines: dict[str, Timeline] = {}
        self._folder = folder
        self._name = name
        self._titles = {place.id: place.title for place in scene.places}
        shared = folder / "shared"
        shared.mkdir(parents=True)
        for written in scene.migrations:
            (shared / f"{written.name}.sql").write_text(written.text, encoding="utf-8")
        self.repository = Repository(shared)
        for place in scene.places:
            if place.up is not None:
                self._open(place)
                if place.up != "0":
                    self.timelines[place.id].to(place.up)

    def play(self, beat: Beat) -> Deed:
        """Do what a beat says."""
        values = beat.values
        if beat.act == "look":
            return Deed("", beat.say)
        if beat.act == "write":
            return self.write(beat.at, values["migration"], values["text"])
        if beat.act == "by-hand":
            return self.by_hand(beat.at, values["sql"])
        if beat.act == "renumber":
            return self.renumber(beat.at, values["migration"], values["to"])
        plain: dict[str, Callable[[str], Deed]] = {
            "push": self.push,
            "pull": self.pull,
            "join": self.join,
            "catch-up": self.catch_up,
            "up": self.up,
            "down": self.down,
        }
        return plain[beat.act](beat.at)

    def write(self, at: str, migration: str, text: str) -> Deed:
        """Somebody writes a migration's file, which nobody else has yet."""
        code = f"write({at!r}, {migration!r}, {text!r})"
        if not NAME.fullmatch(f"{migration}.sql"):
            what, next_step = "that is no migration's name", "write one like 004_add_phone"
            return refuse(code, Problem("name", migration, what, next_step))

        def act(files: Path) -> Deed:
            problem = self.repository.write(at, files, migration, text)
            said = f"{self._titles[at]} has a new file, {migration}. Nobody else has it yet."
            if problem is not None:
                return refuse(code, problem)
            self.timelines[at].look_again()
            return Deed(code, said, "done")

        return self._at(at, code, act)

    def push(self, at: str) -> Deed:
        """Share the files that were written at this database."""
        code = f'push("{at}")'

        def act(files: Path) -> Deed:
            pushed = self.repository.push(at, files)
            if isinstance(pushed, Problem):
                return refuse(code, pushed)
            said = f"Shared by {self._titles[at]}: {', '.join(pushed)}."
            return Deed(code, said, "done") if pushed else Deed(code, "There is nothing to share.")

        return self._at(at, code, act)

    def pull(self, at: str) -> Deed:
        """Get the files that others have shared."""
        code = f'pull("{at}")'

        def act(files: Path) -> Deed:
            new = self.repository.pull(at, files)
            self.timelines[at].look_again()
            if not new:
                return Deed(code, f"{self._titles[at]} has every shared file already.")
            return Deed(code, f"{self._titles[at]} now has {', '.join(new)} as well.", "done")

        return self._at(at, code, act)

    def join(self, at: str) -> Deed:
        """A new database begins: an empty file, and all shared files."""
        code = f'join("{at}")'
        place = next((one for one in self.scene.places if one.id == at), None)
        if place is None:
            return self._unknown(code, at)
        if at in self.timelines:
            what, next_step = "this database is here already", f'use catch_up("{at}")'
            return refuse(code, Problem("joined", at, what, next_step))
        self._open(place)
        said = f"{place.title} begins with an empty database and all shared files."
        return Deed(code, said, "done")

    def catch_up(self, at: str) -> Deed:
        """Get all shared files and apply what is missing, and nothing else: a deploy."""
        code = f'catch_up("{at}")'

        def act(files: Path) -> Deed:
            new = self.repository.pull(at, files)
            timeline = self.timelines[at]
            had = len(timeline.picture["ledger"]["rows"])
            names = sorted(path.stem for path in files.glob("*.sql"))
            deed = timeline.to(names[-1]) if names else Deed(code, "There is no file yet.")
            notes = deed.notes
            if had and deed.tone == "done":
                there = "1 was there already" if had == 1 else f"{had} were there already"
                notes = (f"Of the applied ones, {there} and did not run again.", *notes)
            if new:
                notes = (f"New files: {', '.join(new)}.", *notes)
            return replace(deed, code=code, said=f"{self._titles[at]}: {deed.said}", notes=notes)

        return self._at(at, code, act)

    def up(self, at: str) -> Deed:
        """Apply the next pending migration of one database."""
        return self._at(at, f'up("{at}")', lambda files: self.timelines[at].up())

    def down(self, at: str) -> Deed:
        """Take the newest migration of one database back."""
        return self._at(at, f'down("{at}")', lambda files: self.timelines[at].down())

    def by_hand(self, at: str, sql: str) -> Deed:
        """Somebody changes a database with a statement of their own, past every migration."""
        code = f"by_hand({at!r}, {sql!r})"

        def act(files: Path) -> Deed:
            con = connect(self._path(at))
            if isinstance(con, Problem):
                return refuse(code, con)
            try:
                with con:
                    con.execute(sql).fetchall()
            except duckdb.Error as error:
                what = str(error).split("\n", 1)[0]
                return refuse(code, Problem("sql", at, what, "correct the statement"))
            self.timelines[at].look_again()
            said = f"By hand, at {self._titles[at]}: {sql} No file and no ledger knows of it."
            return Deed(code, said, "done", notes=tuple(self.timelines[at].picture["problems"]))

        return self._at(at, code, act)

    def renumber(self, at: str, migration: str, to: str) -> Deed:
        """Somebody gives a migration's file another number, for everybody once it is pushed."""
        code = f'renumber("{at}", "{migration}", "{to}")'

        def act(files: Path) -> Deed:
            problem = self.repository.rename(at, files, migration, to)
            said = f"{self._titles[at]} has renamed {migration} to {to}."
            if problem is not None:
                return refuse(code, problem)
            self.timelines[at].look_again()
            return Deed(code, said, "done")

        return self._at(at, code, act)

    def short(self, text: str) -> str:
        """A message without the folder that the scene lies in, which nobody chose."""
        return text.replace(f"{self._folder}{os.sep}", "")

    def _open(self, place: Place) -> None:
        files = self._files(place.id)
        files.mkdir(parents=True)
        problem = make_database(self._path(place.id))
        assert problem is None, problem
        self.repository.pull(place.id, files)
        name = f'{self._name}["{place.id}"]'
        self.timelines[place.id] = Timeline(self._path(place.id), files, name=name)

    def _at(self, at: str, code: str, act: Callable[[Path], Deed]) -> Deed:
        if at not in self.timelines:
            return self._unknown(code, at)
        deed = act(self._files(at))
        notes = tuple(map(self.short, deed.notes))
        return replace(deed, code=code, said=self.short(deed.said), notes=notes)

    def _unknown(self, code: str, at: str) -> Deed:
        what = f"there is no database called {at} yet"
        return refuse(code, Problem("no-database", "", what, f"there are {self.known()}"))

    def known(self) -> str:
        """The databases that are here, in words."""
        return ", ".join(self.timelines)

    def _files(self, at: str) -> Path:
        return self._folder / at / "migrations"

    def _path(self, at: str) -> Path:
        return self._folder / at / "shop.duckdb"
