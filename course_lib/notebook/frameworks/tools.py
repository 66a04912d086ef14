"""The tools whose migrations a lesson may run, and how each begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..database import DATABASE
from ..folder import WORLD
from ..lesson import Lesson
from ..world import build_database
from .alembic_project import make_alembic
from .django_project import make_django
from .project import Project
from .starting import started


@dataclass(frozen=True)
class Tool:
    """`package` has to be installed. Python runs `command`, and people know it as `shown`.

    `make` writes a project into an empty folder. `is_sqlite` says whether `%%sql --NAME` can ask
    its database. One without `command` is only looked at.
    """

    name: str
    package: str
    make: Callable[[Path, Lesson], Project]
    command: tuple[str, ...] = ()
    shown: str = ""
    is_sqlite: bool = True


def make_updown(folder: Path, lesson: Lesson) -> Project:
    """The course's own engine, on a copy of the lesson's start, with no migration yet."""
    (folder / "migrations").mkdir()
    build_database(lesson.folder / WORLD, folder / DATABASE)
    return Project(folder, folder / DATABASE)


def make_gradebook(folder: Path, lesson: Lesson) -> Project:
    """An empty gradebook, made by nbgrader itself as for a new class."""
    text = "from nbgrader.api import Gradebook; Gradebook('sqlite:///gradebook.db').close()"
    started(folder, {}, "-c", text)
    return Project(folder, folder / "gradebook.db")


TOOLS = {
    tool.name: tool
    for tool in (
        Tool("django", "django", make_django, ("manage.py",), "python manage.py"),
        Tool("alembic", "alembic", make_alembic, ("-m", "alembic"), "alembic"),
        Tool("updown", "duckdb", make_updown, ("-m", "course_lib.cli"), "updown", is_sqlite=False),
        Tool("gradebook", "nbgrader", make_gradebook),
    )
}
"""By name: `%django` and `%%django`, and so on; `%%sql --django` asks its database."""
