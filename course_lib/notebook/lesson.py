"""A lesson that is open in this notebook: its folder, its database, its fresh start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from course_lib.migrations import Problem
from course_lib.timeline import Timeline

from .database import DATABASE, MIGRATIONS, LessonDatabase
from .display import Shown, panel, sentence, soft
from .errors import LessonError
from .folder import WORLD, find_lesson_folder, shown_path
from .others import copy_database, empty_database
from .world import open_scratch


@dataclass(frozen=True)
class Lesson:
    """What `begin` returns. `name` is the lesson's folder name, such as `04-adding-a-column`."""

    name: str
    database: LessonDatabase

    @property
    def folder(self) -> Path:
        """The folder that holds the lesson's files."""
        return self.database.folder

    @property
    def migrations(self) -> Path:
        """The folder of the migration files that `%%migration` saves."""
        return self.folder / MIGRATIONS

    @property
    def db(self) -> duckdb.DuckDBPyConnection:
        """The notebook's connection to `shop.duckdb`. Raises LessonError where it cannot be had."""
        opened = self.database.open()
        if isinstance(opened, Problem):
            raise LessonError(str(opened))
        return opened

    def scratch(self, *, empty: bool = False) -> duckdb.DuckDBPyConnection:
        """The starting tables in memory, with their rows or `empty`, to try something out."""
        return open_scratch(self.folder / WORLD, empty=empty)

    def copy(self, *names: str) -> Shown:
        """Make other databases, each a `NAME.duckdb` with all that the lesson's own has now."""
        return copy_database(self.database, names)

    def empty(self, name: str) -> Shown:
        """Make another database, `NAME.duckdb`, without any table."""
        return empty_database(self.database, name)

    def timeline(self) -> Timeline:
        """The lesson's database on its way through its migrations, to look at and to drive."""
        from .timeline_cell import timeline_of  # which needs a Lesson itself

        return timeline_of(self)

    def start_again(self) -> Shown:
        """Put database and migrations back to the start; what was there is kept in `earlier/`."""
        from .frameworks import put_away  # which needs a Lesson itself

        put_away()
        kept = self.database.put_aside(with_migrations=True)
        if isinstance(kept, Problem):
            return panel("Nothing was put back.", sentence(str(kept)), tone="refused")
        opened = self.database.open()
        if isinstance(opened, Problem):
            return panel("There is no database now.", sentence(str(opened)), tone="refused")
        return panel(
            f"The lesson starts again: a new `{DATABASE}`, no migrations.",
            soft(
                f"What was there is in `{shown_path(kept)}`. The cells of the notebook and your"
                " quiz answers stay as they are. Run the cells again, from the top."
            ),
            tone="done",
        )

    def release(self) -> Shown:
        """Close the connection, so that a terminal or another notebook can open the file."""
        self.database.close()
        return panel(
            f"This notebook has let go of `{DATABASE}`.",
            soft("The next `%%sql` or `%migrate` opens it again."),
            tone="done",
        )

    def __repr__(self) -> str:
        return f"Lesson {self.name} in {shown_path(self.folder)}"


_active: Lesson | None = None


def activate(name: str) -> Lesson:
    """Find a lesson and make it the one that the notebook works on. Raises LessonError.

    A lesson that is active already is kept, with its connection; another one lets go of its file.
    """
    global _active
    folder = find_lesson_folder(name)
    if _active is not None and _active.folder == folder:
        return _active
    if _active is not None:
        _active.database.close()
    _active = Lesson(name, LessonDatabase(folder))
    return _active


def is_active() -> bool:
    """Whether `begin` has opened a lesson in this process."""
    return _active is not None


def active_lesson() -> Lesson:
    """The lesson that `begin` opened last. Raises LessonError where none was."""
    if _active is None:
        raise LessonError(
            "No lesson is open yet. Run the first code cell of this notebook, then this one again."
        )
    return _active
