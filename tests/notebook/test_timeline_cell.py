"""The timeline of a lesson: the notebook's own connection, and what cells do shows in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell

from course_lib.notebook import Lesson
from course_lib.notebook.magics import register_magics
from course_lib.notebook.migrate_magic import migrate_line
from course_lib.notebook.migration_cell import migration_cell
from tests.notebook.conftest import THREE_STATEMENTS

NAME = "001_add_email_to_users"


@pytest.fixture
def shell(lesson: Lesson) -> Iterator[InteractiveShell]:
    """A notebook's IPython, with the lesson open."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    register_magics(shell)
    shell.user_ns["lesson"] = lesson
    yield shell
    InteractiveShell.clear_instance()


def states(timeline: object) -> list[str]:
    return [stop["state"] for stop in timeline.picture["stops"]]  # type: ignore[attr-defined]


def test_it_shares_the_notebooks_connection_and_knows_the_files(lesson: Lesson) -> None:
    timeline = lesson.timeline()
    assert states(timeline) == ["start"]
    migration_cell(lesson, NAME, THREE_STATEMENTS)
    timeline.up()
    assert lesson.db.execute("SELECT count(email) FROM users").fetchall() == [(3000,)]
    assert states(timeline) == ["start", "current"]
    assert lesson.timeline() is timeline
    # Half-read results and open transactions of the learner are no obstacle.
    lesson.db.execute("BEGIN").execute("SELECT * FROM users").fetchone()
    assert timeline.down().tone == "done"


def test_reset_puts_the_lessons_database_back_and_keeps_a_copy(lesson: Lesson) -> None:
    migration_cell(lesson, NAME, THREE_STATEMENTS)
    timeline = lesson.timeline()
    timeline.up()
    timeline.reset()
    assert states(timeline) == ["start", "pending"]
    assert list(lesson.folder.glob("earlier/*/shop.duckdb"))
    assert lesson.db.execute("SELECT count(*) FROM users").fetchall() == [(3000,)]


def test_what_a_cell_does_shows_and_a_file_let_go_of_stays_free(
    lesson: Lesson, shell: InteractiveShell
) -> None:
    migration_cell(lesson, NAME, THREE_STATEMENTS)
    shell.run_cell("timeline = lesson.timeline()")
    timeline = shell.user_ns["timeline"]
    shell.run_cell("%migrate up")
    assert states(timeline) == ["start", "current"]
    assert "has changed" in repr(timeline) or "have changed" in repr(timeline)
    shell.run_cell("%migrate release")
    shell.run_cell("1 + 1")
    assert not lesson.database.is_open
    migrate_line(lesson, "down")
    assert timeline.look_again() and states(timeline) == ["start", "pending"]


def test_a_notebook_shows_the_widget_with_both_twins(
    lesson: Lesson, shell: InteractiveShell
) -> None:
    timeline = lesson.timeline()
    data, _ = shell.display_formatter.format(timeline)
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "Timeline of shop.duckdb" in data["text/plain"]
    assert "<strong>users</strong>" in data["text/html"]
