"""Where a gradebook lies: the URL that an instructor may choose, and whether a server answers."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from course_lib.migrations import Problem

KINDS = ("sqlite", "postgresql")
_SECONDS = 10


def shown(url: str) -> str:
    """The URL without a password in it."""
    return make_url(url).render_as_string(hide_password=True)


def gradebook_file(url: str) -> Path | None:
    """The file of an SQLite gradebook; None for a gradebook on a server."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)


def find_url_problem(url: str) -> Problem | None:
    """What is wrong with a chosen URL, before anything is opened; None for nothing."""
    example = 'write it as postgresql://account@server/database, or "" for a file of the folder'
    try:
        parsed = make_url(url)
    except ArgumentError:
        return Problem("gradebook", "", "this is no URL of a database", example)
    if parsed.password:
        what = "it holds a password, and class.toml is no place for one"
        step = "leave it out, and put it into ~/.pgpass or the variable PGPASSWORD"
        return Problem("gradebook", shown(url), what, step)
    if parsed.get_backend_name() not in KINDS:
        what = "nbgrader keeps marks in SQLite or PostgreSQL here"
        return Problem("gradebook", shown(url), what, example)
    if parsed.get_backend_name() == "postgresql" and not parsed.database:
        what = "it names no database"
        return Problem("gradebook", shown(url), what, "make one with `createdb`, and name it")
    return None


def find_server_problem(url: str) -> Problem | None:
    """Why the PostgreSQL server of a gradebook cannot be used; None where it answers, and for
    another kind: an SQLite file may not be there yet."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "postgresql":
        return None
    try:
        engine = create_engine(parsed, connect_args={"connect_timeout": _SECONDS})
        engine.connect().close()
        engine.dispose()
    except ModuleNotFoundError as error:
        what = f"it needs the package {error.name}, which is not installed"
        step = "run `pip install 'up-and-down[postgresql]'` in the course's environment"
        return Problem("gradebook", shown(url), what, step)
    except SQLAlchemyError as error:
        what = f"the server does not let this account in: {_first_line(error)}"
        step = "start the server, make account and database, or put a password into ~/.pgpass"
        return Problem("gradebook", shown(url), what, step)
    return None


def _first_line(error: SQLAlchemyError) -> str:
    said = str(getattr(error, "orig", None) or error)
    return " ".join(said.split("\n(Background", 1)[0].split())
