"""The first cell of a lesson: its files, its database, its magics, and a button to start again."""

from __future__ import annotations

import duckdb
from IPython.core.getipython import get_ipython

from course_lib.migrations import Problem, own_cursor, quote

from .display import Shown, panel, sentence, show, soft, table
from .folder import shown_path
from .frameworks import put_away
from .lesson import Lesson, activate
from .magics import register_magics

_TABLES = """
    SELECT table_name FROM duckdb_tables()
    WHERE NOT internal AND NOT temporary AND schema_name = 'main'
    ORDER BY table_name
"""

BEEN_HERE = (
    "You have been here before: your files and answers are as you left them. A quiz or a picture"
    " comes back when its cell is run again."
)


def begin(name: str) -> Lesson:
    """Open a lesson in this notebook; running the cell again goes on with the same connection, and
    with new projects of other tools, so that all cells can be run from the top twice.

    Makes `shop.duckdb` from `world.sql` where it is missing, loads the course's magics, and shows
    what is there. Raises LessonError where there is no such lesson.
    """
    lesson = activate(name)
    put_away()
    shell = get_ipython()
    if shell is not None:
        register_magics(shell)
    opened = lesson.database.open()
    if isinstance(opened, Problem):
        show(panel("The lesson's database is not open.", sentence(str(opened)), tone="refused"))
    else:
        show(show_summary(lesson, opened))
    _show_button(lesson)
    return lesson


def show_summary(lesson: Lesson, connection: duckdb.DuckDBPyConnection) -> Shown:
    """Where the database is, and its tables with the number of rows."""
    with own_cursor(connection) as reader:
        names = [str(name) for (name,) in reader.execute(_TABLES).fetchall()]
        counts = [(name, _count(reader, name)) for name in names]
    found = [*lesson.migrations.glob("*.sql"), *lesson.migrations.glob("*.py")]
    files = sorted(path.stem for path in found)
    written = ", ".join(f"`{name}`" for name in files) or "none yet"
    been_here = bool(files) or any(lesson.folder.glob("answers/*.jsonl"))
    return panel(
        f"`{shown_path(lesson.database.path)}` is open.",
        table([("table", ""), ("rows", "")], counts, caption="Tables and their rows"),
        soft(f"Migrations you have written: {written}."),
        *([sentence(BEEN_HERE)] if been_here else []),
        tone="done",
    )


def _count(reader: duckdb.DuckDBPyConnection, table_name: str) -> int:
    rows = reader.execute(f"SELECT count(*) FROM {quote(table_name)}").fetchall()
    return int(rows[0][0])


def _show_button(lesson: Lesson) -> None:
    try:
        import ipywidgets  # type: ignore[import-untyped]
    except ImportError:
        show(soft("To put this lesson's files back, run `lesson.start_again()`."))
        return
    button = ipywidgets.Button(
        description="Start this lesson again",
        tooltip="Puts database and migrations back; a copy of what is there is kept in earlier/",
        layout=ipywidgets.Layout(width="auto", align_self="flex-start"),
    )
    answer = ipywidgets.HTML()

    def start_again(_: object) -> None:
        # An exception in a widget's callback would be seen by nobody.
        try:
            answer.value = lesson.start_again().html
        except Exception as error:  # noqa: BLE001
            answer.value = panel(
                "The lesson could not be started again.", sentence(str(error)), tone="refused"
            ).html

    button.on_click(start_again)
    show(ipywidgets.VBox([button, answer]))
