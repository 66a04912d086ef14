from __future__ import annotations

import pytest

from course_lib.notebook import Lesson
from course_lib.notebook.migrate_magic import migrate_line
from course_lib.notebook.migration_cell import migration_cell

from .conftest import THREE_STATEMENTS

NAME = "001_add_email_to_users"


def test_the_cell_becomes_a_file_and_each_step_is_described(lesson: Lesson) -> None:
    shown = migration_cell(lesson, NAME, THREE_STATEMENTS)
    assert (lesson.migrations / f"{NAME}.sql").read_text() == THREE_STATEMENTS
    assert "Up: 3 steps. Down: 1 step." in shown.text
    assert "adds the column email to users" in shown.text
    assert "drops the column email of users" in shown.text
    assert [p.name for p in lesson.migrations.iterdir()] == [f"{NAME}.sql"]


@pytest.mark.parametrize(
    "name",
    ["", "add_email", "1_add", "001", "001_", "001-add", "../001_add", "001_add/x", "001_Add",
     "001_add email", "001_add.sql", "0001_add", "001_é"],
)  # fmt: skip
def test_a_name_that_is_none_is_refused_and_nothing_is_saved(lesson: Lesson, name: str) -> None:
    shown = migration_cell(lesson, name, THREE_STATEMENTS)
    assert "nothing was saved" in shown.text and "002_add_phone_to_users" in shown.text
    assert not lesson.migrations.exists()


def test_the_stub_is_greeted_not_blamed(lesson: Lesson) -> None:
    stub = "-- migrate:up\n-- YOUR SQL HERE\n\n-- migrate:down\n-- YOUR SQL HERE\n"
    shown = migration_cell(lesson, NAME, stub)
    assert "no step yet" in shown.text and "updown-refused" not in shown.html.split("</style>")[1]


def test_a_missing_down_is_told_with_the_review(lesson: Lesson) -> None:
    shown = migration_cell(lesson, NAME, THREE_STATEMENTS.split("-- migrate:down")[0])
    assert "Up: 3 steps. Down: no step." in shown.text
    assert "no `-- migrate:down` section" in shown.text
    refused = migrate_line(lesson, "up").text
    status = migrate_line(lesson, "status").text
    for text in (shown.text, refused, status):
        assert "take the change back, under `-- migrate:down`" in text
        # The way back first: what lesson 5 is about is the exception.
        assert text.index("under `-- migrate:down`") < text.index("only where nothing can")


def test_a_syntax_error_shows_the_line_itself(lesson: Lesson) -> None:
    shown = migration_cell(lesson, NAME, THREE_STATEMENTS.replace("UPDATE users", "UPDAET users"))
    assert "cannot run yet" in shown.text and "line 3" in shown.text
    assert "UPDAET users SET email" in shown.text


def test_windows_line_ends_do_not_reach_the_file(lesson: Lesson) -> None:
    migration_cell(lesson, NAME, THREE_STATEMENTS.replace("\n", "\r\n"))
    assert (lesson.migrations / f"{NAME}.sql").read_bytes() == THREE_STATEMENTS.encode()


def test_another_text_of_an_applied_migration_says_what_to_do(lesson: Lesson) -> None:
    migration_cell(lesson, NAME, THREE_STATEMENTS)
    migrate_line(lesson, "up")
    assert "earlier text" not in migration_cell(lesson, NAME, THREE_STATEMENTS).text
    shown = migration_cell(lesson, NAME, THREE_STATEMENTS.replace("temp@", "x@"))
    assert "earlier text" in shown.text and "%migrate reset" in shown.text
    migrate_line(lesson, "reset")
    assert "applied (guard" in migrate_line(lesson, "up").text


def test_a_folder_that_cannot_be_written_is_a_sentence(lesson: Lesson) -> None:
    lesson.migrations.write_text("a file where the folder should be")
    shown = migration_cell(lesson, NAME, THREE_STATEMENTS)
    assert "was not saved" in shown.text


def test_a_second_file_of_one_number_is_not_saved(lesson: Lesson) -> None:
    migration_cell(lesson, NAME, THREE_STATEMENTS)
    shown = migration_cell(lesson, "001_add_emial", THREE_STATEMENTS)
    assert f"The number 001 is taken by `{NAME}`; nothing was saved." in shown.text
    assert "`002_add_emial`" in shown.text and f"delete `migrations/{NAME}.sql`" in shown.text
    assert [path.stem for path in lesson.migrations.glob("*.sql")] == [NAME]


def test_a_python_file_is_named_as_a_file_of_sql_is(lesson: Lesson) -> None:
    text = "operations = [add_colum('users', 'email', 'VARCHAR')]"
    said = migration_cell(lesson, "001_x.py", text).text
    assert "001_x.py, line 1: `add_colum('users', 'email', 'VARCHAR')` is not one of the" in said
    assert str(lesson.migrations) not in said
