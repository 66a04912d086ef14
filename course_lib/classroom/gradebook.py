"""The gradebook: whether it opens, is of nbgrader's present form, and knows the roster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbgrader  # type: ignore[import-untyped]
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from course_lib.classroom.course_folder import CourseFolder
from course_lib.classroom.finding import Finding, note, stops
from course_lib.classroom.gradebook_url import find_server_problem, gradebook_file, shown
from course_lib.classroom.roster import ROSTER, read_roster


def look_at_gradebook(course: CourseFolder) -> Iterator[Finding]:
    """Open the gradebook without writing to it, and compare it with the roster."""
    file = gradebook_file(course.database)
    where = shown(course.database) if file is None else str(file)
    again = f"run `updown class new {course.folder}` in the checkout"
    if file is not None and not file.exists():
        yield stops("gradebook", where, "there is no gradebook yet", again)
        return
    problem = find_server_problem(course.database)
    if problem is not None:
        yield Finding(problem)
        return
    try:
        engine = create_engine(course.database)
        with engine.connect() as connection:
            yield from _look_inside(connection, course, where)
        engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        what = f"it does not open: {str(error).splitlines()[0]}"
        step = "bring it back from a backup, or mend CourseDirectory.db_url"
        yield stops("gradebook", where, what, step)


def newest_form() -> str:
    """The version of the gradebook's schema that the installed nbgrader writes."""
    config = Config()
    config.set_main_option("script_location", str(Path(nbgrader.__file__).parent / "alembic"))
    return str(ScriptDirectory.from_config(config).get_current_head())


def _look_inside(connection: Connection, course: CourseFolder, shown: str) -> Iterator[Finding]:
    if connection.dialect.name == "sqlite":
        said = connection.execute(text("PRAGMA quick_check(1)")).scalar()
        if said != "ok":
            yield stops(
                "gradebook",
                shown,
                f"it is damaged: {' '.join(str(said).split())}",
                "bring back a backup",
            )
            return
    tables = inspect(connection).get_table_names()
    if "student" not in tables:
        what = "it is a database without nbgrader's tables"
        again = f"run `updown class new {course.folder}` in the checkout"
        is_file = connection.dialect.name == "sqlite"
        step = f"move it away, then {again}" if is_file or tables else again
        yield stops("gradebook", shown, what, step)
        return
    form = None
    if "alembic_version" in tables:
        form = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    newest = newest_form()
    if form != newest:
        what = f"its form is {form or 'an old one'}, and nbgrader here writes {newest}"
        step = f"copy it for safety, then run `nbgrader db upgrade` in {course.folder}"
        yield stops("gradebook", shown, what, step)
        return
    yield from _compare_roster(connection, course)


def _compare_roster(connection: Connection, course: CourseFolder) -> Iterator[Finding]:
    path = course.folder / ROSTER
    roster = read_roster(path)
    yield from (Finding(problem) for problem in roster.problems)
    if roster.problems:
        return
    known = {row[0] for row in connection.execute(text("SELECT id FROM student"))}
    lacking = [one.id for one in roster.learners if one.id not in known]
    if lacking:
        what = f"{len(lacking)} learners are not in the gradebook, {lacking[0]} the first"
        step = f"run `updown class new {course.folder}` in the checkout"
        yield stops("roster", path, what, step)
    if not roster.learners:
        what = "it names nobody, so nobody can be told to be missing"
        step = "write the learners into it, then run `updown class new` again"
        yield note("roster", path, what, step)
