"""`%%sql --django` and the like: SQL on the SQLite database of a tool's project."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from course_lib.counted import counted

from ..display import Shown, panel, sentence, table
from ..lesson import Lesson
from ..statements import SHOWN_ROWS
from .open import project_of
from .tools import TOOLS, Tool


def tool_of(option: str) -> Tool | None:
    """The tool that an option of `%%sql`, such as `--django`, asks."""
    tool = TOOLS.get(option.removeprefix("--")) if option.startswith("--") else None
    return tool if tool is not None and tool.is_sqlite else None


def query_cell(tool: Tool, lesson: Lesson, sql: str) -> Shown:
    """Run statements, all or none, and show the rows of the last one."""
    project = project_of(tool, lesson)
    columns: list[tuple[str, str]] = []
    rows: list[tuple[object, ...]] = []
    # Without `isolation_level=None` Python would begin its transaction behind an ALTER.
    with closing(sqlite3.connect(project.database, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN")
            for statement in _statements(sql):
                cursor = connection.execute(statement)
                columns = [(name, "") for name, *_ in cursor.description or ()]
                rows = cursor.fetchall()
            connection.execute("COMMIT")
        except (sqlite3.Error, sqlite3.Warning) as error:
            told = sentence(f"SQLite says: {error}. Nothing of the cell was kept.")
            return panel("SQLite refused it.", told, tone="refused")
    if not columns:
        return panel("Done.", tone="done")
    count = counted(len(rows), "row")
    few = f"; the first {SHOWN_ROWS}" if len(rows) > SHOWN_ROWS else ""
    return panel(f"{count}{few}:", table(columns, rows[:SHOWN_ROWS], caption=f"Result: {count}"))


def _statements(sql: str) -> Iterator[str]:
    """The statements of a text, by SQLite's own reading of where one is complete."""
    statement = ""
    for piece in sql.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n;"):
                yield statement
            statement = ""
    if statement.strip(" \n;"):
        yield statement
