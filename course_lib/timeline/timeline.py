"""One database on its way through its migrations: the real engine on a real file, made visible.

Every action is a method, and the page's buttons call nothing else. A mistake is told, not raised.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from course_lib.migrations import Direction, Problem

from .deed import Deed, refuse
from .desk import Call, Desk
from .draw import Against, picture_of
from .going import break_next, go, go_to, step_on
from .html import picture_to_html
from .looking import review_next
from .picture import Picture
from .source import Source, file_source
from .text import picture_to_text


class Timeline:
    """A database file and a folder of migrations. `name` is what the lines of code call it.

    Reads the database afresh for each action, so that what others did shows. A file is open only
    meanwhile; a `Source` may lend a connection that somebody else keeps.
    """

    def __init__(
        self, database: str | Path | Source, migrations: str | Path, *, name: str = "timeline"
    ) -> None:
        source = database if isinstance(database, Source) else file_source(Path(database))
        self._desk = Desk(source, Path(migrations), name)
        self._desk.do("", lambda call: Deed("", "This is where the database stands."))

    def up(self) -> Deed:
        """Apply the next pending migration."""
        return self._desk.do("up()", lambda call: go(call, "up", count=1))

    def down(self) -> Deed:
        """Take the newest migration back."""
        return self._desk.do("down()", lambda call: go(call, "down", count=1))

    def to(self, stop: str | int) -> Deed:
        """Go up or down until the migration of this number or name is the newest; 0 is the start.

        A number may be written as in the file's name: `timeline.to("003")`.
        """
        return self._desk.do(f'to("{stop}")', lambda call: go_to(call, str(stop)))

    def reset(self) -> Deed:
        """Go back to before the first migration: a new database where the source knows how to make
        one, else everything that is applied is taken back."""
        put_back = self._desk.source.put_back
        if put_back is None:
            return self._desk.do("reset()", lambda call: go(call, "down", to="0"))
        self._desk.stop_walking()
        problem = put_back()
        made = Deed("reset()", "The database is new: no migration is applied.", "done")
        return self._desk.do(
            "reset()", lambda call: refuse("reset()", problem) if problem else made
        )

    def step(self, direction: Direction = "up") -> Deed:
        """Go through one migration statement by statement, on a copy of the database.

        The first call makes the copy and shows what comes; each further one runs a statement; the
        one after the last throws the copy away and has the engine run the whole for real.
        """
        code = "step()" if direction == "up" else f'step("{direction}")'
        if direction not in ("up", "down"):
            what = f"there is no direction called {direction}"
            return self._desk.show(refuse(code, Problem("step", "", what, 'say "up" or "down"')))
        desk = self._desk

        def walk_on(call: Call) -> Deed:
            deed, desk.walk = step_on(call, desk.walk, direction)
            return deed

        return desk.do(code, walk_on, walking=True)

    def break_at(self, statement: int) -> Deed:
        """Apply the next migration with its statement of this number (from 1) made to fail, and
        see what the guard leaves: compared by schema and by every row."""
        return self._desk.do(f"break_at({statement})", lambda call: break_next(call, statement))

    def review(self) -> Deed:
        """Look at the next migration before it runs: its steps, its guard, what is at risk."""
        return self._desk.do("review()", review_next)

    def refresh(self) -> Deed:
        """Look at database and folder again, for what others did."""
        return self._desk.do("refresh()", lambda call: Deed("refresh()", "Looked again."))

    def look(self, state: int) -> Deed:
        """Show a state that was reached, by its number; the newest is now. The database itself
        does not move."""
        view, code = self._desk.view, f"look({state})"
        numbers = [one.number for one in view.reached]
        if state not in numbers:
            known = f"{numbers[0]} to {numbers[-1]}" if numbers else "none yet"
            what = f"the states that were reached have the numbers {known}"
            return self._desk.show(refuse(code, Problem("state", "", what, "look at one of these")))
        place = numbers.index(state)
        is_now = place == len(numbers) - 1
        after = "This is now." if is_now else "The database itself has not moved."
        said = f"State {state} of {numbers[-1]}, {view.reached[place].label}. {after}"
        self._desk.stop_walking()
        looking = replace(self._desk.view, looking=None if is_now else place)
        return self._desk.show(Deed(code, said), looking)

    def compare(self, against: Against) -> Deed:
        """Put the tables beside the state `"before"`, or beside the `"goal"`: all files applied."""
        code = f'compare("{against}")'
        if against not in ("before", "goal"):
            what = f"there is nothing called {against} to compare with"
            known = 'say "before" or "goal"'
            return self._desk.show(refuse(code, Problem("compare", "", what, known)))
        words = "the state before" if against == "before" else "the goal: all files applied"
        view = replace(self._desk.view, against=against)
        deed = replace(view.deed, code=code, said=f"The tables stand beside {words}.", notes=())
        return self._desk.show(deed, view)

    @property
    def picture(self) -> Picture:
        """All that there is to see, as plain data, as of the last action."""
        return picture_of(self._desk.view)

    def look_again(self) -> bool:
        """Read the database without an action; whether it has changed since the last one."""
        return self._desk.look_again()

    def watch(self, changed: Callable[[], None]) -> None:
        """Call a method after each action, as long as its object is there."""
        self._desk.watch(changed)

    def __str__(self) -> str:
        self.look_again()
        return picture_to_text(self.picture)

    def __repr__(self) -> str:
        return f"Timeline of {self._desk.source.name}: {self._desk.view.deed.said}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        text = str(self)
        return {"text/plain": text, "text/html": picture_to_html(self.picture)}
