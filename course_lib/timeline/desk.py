"""Where an action is done: a lent connection, the folder as it is now, the states that are kept.

The desk outlives the actions; a connection is there only while one is done.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from course_lib.migrations import Applied, Folder, Problem, own_cursor, read_applied, read_folder

from .deed import Deed, refuse
from .draw import Reached, View
from .moment import read_moment
from .source import Source
from .walk import Walk

KEPT = 50
"""So many states are kept for the slider; the oldest go first."""

STOPPED = (
    "You stopped it. A migration is applied whole or not at all, and the line shows which are."
)


@dataclass(frozen=True)
class Call:
    """One action while it is done: its line of code, the connection, the folder, and `reached`,
    which keeps the state that the database is in at that moment."""

    code: str
    con: duckdb.DuckDBPyConnection
    folder: Folder
    reached: Callable[[], None]

    def applied(self) -> tuple[Applied, ...]:
        """What the ledger says now."""
        with own_cursor(self.con) as cursor:
            return read_applied(cursor)


class Desk:
    """Does actions, one at a time, and keeps the view. `walk` is there while somebody steps."""

    def __init__(self, source: Source, files: Path, name: str) -> None:
        self.source = source
        self.files = files
        self.view = View(source.name, name)
        self.walk: Walk | None = None
        self._watchers: list[weakref.WeakMethod[Callable[[], None]]] = []

    def do(self, code: str, act: Callable[[Call], Deed], *, walking: bool = False) -> Deed:
        """Do an action and keep what came of it. Whoever steps stays on the copy only with
        `walking`; any other action throws the copy away."""
        if not walking:
            self.stop_walking()
        deed = self._borrow(code, act)
        sides = self.walk.sides() if self.walk else None
        view = replace(self.view, looking=None, walk=sides)
        return self.show(deed, view)

    def show(self, deed: Deed, view: View | None = None) -> Deed:
        """Keep an action that changes what is seen and nothing else."""
        view = view or self.view
        code = (*view.code, deed.code) if deed.code else view.code
        self.view = replace(view, deed=deed, turn=view.turn + 1, code=code[-KEPT:])
        for watcher in tuple(self._watchers):
            changed = watcher()
            if changed is None:
                self._watchers.remove(watcher)
            else:
                changed()
        return deed

    def look_again(self) -> bool:
        """Read database and folder without an action; whether they have changed."""
        before = self.view.reached, self.view.trouble
        deed = self._borrow("", lambda call: self.view.deed)
        if (self.view.reached, self.view.trouble) == before:
            return False
        told = Deed("", "The database or its files have changed since the last look.")
        self.show(told if self.view.trouble is None else deed)
        return True

    def watch(self, changed: Callable[[], None]) -> None:
        """Call a method after each action, as long as its object is there."""
        self._watchers.append(weakref.WeakMethod(changed))

    def stop_walking(self) -> None:
        """Throw the copy away, if there is one."""
        if self.walk is not None:
            self.walk.close()
            self.walk = None
            self.view = replace(self.view, walk=None)

    def _borrow(self, code: str, act: Callable[[Call], Deed]) -> Deed:
        with self.source.lend() as opened:
            if isinstance(opened, Problem):
                self.view = replace(self.view, trouble=opened)
                return refuse(code, opened)
            try:
                call = Call(code, opened, self._folder(), lambda: self._reach(opened, code))
                deed = act(call)
                self._reach(opened, code)
            except KeyboardInterrupt:
                self.stop_walking()
                self._reach(opened, code)
                return Deed(code, STOPPED, "refused")
            except duckdb.Error as error:
                first = str(error).split("\n", 1)[0]
                problem = Problem("database", self.source.name, first, "look again with refresh()")
                self.view = replace(self.view, trouble=problem)
                return refuse(code, problem)
        return deed

    def _folder(self) -> Folder:
        if self.source.files_may_come and not self.files.is_dir():
            return Folder((), ())
        return read_folder(self.files)

    def _reach(self, con: duckdb.DuckDBPyConnection, code: str) -> None:
        moment = read_moment(con, self._folder())
        reached = self.view.reached
        standing = moment.applied[-1].name if moment.applied else "start"
        label = f"{standing}, {f'after {self.view.name}.{code}' if code else 'as it was found'}"
        if not reached or reached[-1].moment != moment:
            number = reached[-1].number + 1 if reached else 1
            reached = (*reached, Reached(number, label, moment))[-KEPT:]
        self.view = replace(self.view, reached=reached, trouble=None)
