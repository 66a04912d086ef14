"""The lesson's users for a database that is not DuckDB."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ..lesson import Lesson


def put_users_in(database: Path, lesson: Lesson) -> None:
    """Copy id, name and joined of the lesson's starting users into the table `users` there."""
    with closing(lesson.scratch()) as start:
        rows = start.execute(
            "SELECT id, name, strftime(joined, '%Y-%m-%d') FROM users ORDER BY id"
        ).fetchall()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany("INSERT INTO users (id, name, joined) VALUES (?, ?, ?)", rows)
