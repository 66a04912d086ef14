"""The shop of lesson 7 without a kernel, and the tools beside it, for tests that try them."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from course_lib.notebook import Lesson
from course_lib.notebook.database import LessonDatabase
from course_lib.notebook.frameworks import TOOLS, command_line, file_cell, put_away
from course_lib.notebook.frameworks.open import project_of

LESSON = "07-in-a-frameworks-language"
WORLD = Path(__file__).parents[3] / "lessons" / LESSON / "world.sql"

DJANGO_HEAD = "from django.db import migrations, models\n\n\n"
ALEMBIC_HEAD = "import sqlalchemy as sa\nfrom alembic import op\n\n"


class Shop:
    """A lesson in `folder`. Leave it with `close`, which deletes the tools' projects."""

    def __init__(self, folder: Path) -> None:
        shutil.copy(WORLD, folder / "world.sql")
        self.lesson = Lesson(LESSON, LessonDatabase(folder))

    def save(self, tool: str, path: str, text: str) -> None:
        said = file_cell(TOOLS[tool], self.lesson, path, text).text
        assert said == f"Saved as `{path}`."

    def run(self, tool: str, line: str) -> str:
        """What the cell with this command shows."""
        return command_line(TOOLS[tool], self.lesson, line).text

    def ask(self, tool: str, sql: str) -> list[tuple[object, ...]]:
        """Rows of the tool's own SQLite database; what changes is kept."""
        database = project_of(TOOLS[tool], self.lesson).database
        with closing(sqlite3.connect(database)) as connection, connection:
            return connection.execute(sql).fetchall()

    def columns(self, tool: str) -> list[object]:
        """The names of the columns of its table `users`."""
        return [name for (name,) in self.ask(tool, "SELECT name FROM pragma_table_info('users')")]

    def close(self) -> None:
        put_away()
        self.lesson.database.close()


def django_migration(after: str, operations: str, before_class: str = "") -> str:
    """The text of a migration of the app `shop` that follows `after`."""
    return (
        f"{DJANGO_HEAD}{before_class}class Migration(migrations.Migration):\n"
        f'    dependencies = [("shop", "{after}")]\n    operations = [{operations}]\n'
    )


def alembic_revision(number: str, after: str, up: str, down: str) -> str:
    """The text of a revision whose `upgrade` and `downgrade` are one line each."""
    return (
        f'{ALEMBIC_HEAD}revision = "{number}"\ndown_revision = "{after}"\n\n\n'
        f"def upgrade():\n    {up}\n\n\ndef downgrade():\n    {down}\n"
    )
