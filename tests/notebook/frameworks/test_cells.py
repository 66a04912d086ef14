"""Cells of the tools: files that are saved where they belong, commands that run for real, and what
is shown of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.notebook.frameworks import TOOLS, file_cell
from course_lib.notebook.frameworks.open import project_of

from .trying import Shop, django_migration

ADD_CITY = 'migrations.AddField("user", "city", models.CharField(max_length=9, null=True))'
CITY = "shop/migrations/0002_city.py"


@pytest.mark.parametrize("tool", ["django", "alembic"])
def test_a_project_begins_with_the_users_of_the_lesson(shop: Shop, tool: str) -> None:
    ours = shop.lesson.scratch().execute(
        "SELECT id, name, strftime(joined, '%Y-%m-%d') FROM users ORDER BY id"
    )
    assert shop.ask(tool, "SELECT id, name, joined FROM users ORDER BY id") == ours.fetchall()


def test_a_migration_runs_and_the_command_is_the_title(shop: Shop) -> None:
    shop.save("django", CITY, django_migration("0001_users", ADD_CITY))
    said = shop.run("django", "migrate")
    assert said.startswith("`python manage.py migrate`\n")
    assert "Applying shop.0002_city... OK" in said
    assert "city" in shop.columns("django")


def test_a_text_of_the_same_length_within_the_same_second_counts(shop: Shop) -> None:
    shop.save("django", CITY, django_migration("0001_users", ADD_CITY))
    assert '"city"' in shop.run("django", "sqlmigrate shop 0002")
    shop.save("django", CITY, django_migration("0001_users", ADD_CITY.replace("city", "town")))
    assert '"town"' in shop.run("django", "sqlmigrate shop 0002")


def test_of_a_traceback_the_end_is_shown_and_how_long_it_was(shop: Shop) -> None:
    shop.save("django", CITY, django_migration("0001_users", 'migrations.AddFeild("user")'))
    said = shop.run("django", "migrate")
    assert said.startswith("`python manage.py migrate` ended with exit code 1.\n")
    assert "lines of traceback it says:\nAttributeError: module" in said
    assert "Traceback (most recent call last)" not in said and "site-packages" not in said


def test_a_file_outside_of_the_project_is_not_written(shop: Shop, tmp_path: Path) -> None:
    for path in ("../outside.py", str(tmp_path / "outside.py"), "", "migrate", "a/../../b.py"):
        said = file_cell(TOOLS["django"], shop.lesson, path, "x = 1").text
        assert "is not a file of this project; nothing was saved." in said
    assert {one.name for one in tmp_path.iterdir()} == {"world.sql"}


def test_the_engines_own_command_runs_beside_a_fresh_copy_of_the_shop(shop: Shop) -> None:
    assert shop.run("updown", "status") == "`updown status`\nNo migration yet."
    shop.save("updown", "migrations/001_city.sql", "ALTER TABLE users ADD COLUMN city VARCHAR;")
    assert "001_city applied" in shop.run("updown", "up")
    assert not (shop.lesson.folder / "migrations").exists()


def test_start_again_makes_a_new_project(shop: Shop) -> None:
    shop.save("django", CITY, django_migration("0001_users", ADD_CITY))
    before = project_of(TOOLS["django"], shop.lesson).folder
    assert shop.run("django", "start-again").startswith("A new django project")
    assert not before.exists()
    assert not (project_of(TOOLS["django"], shop.lesson).folder / CITY).exists()


def test_a_line_that_cannot_be_read_runs_nothing(shop: Shop) -> None:
    assert "Close the quotation mark" in shop.run("django", 'migrate "shop')


def test_what_asks_for_an_answer_gets_none(shop: Shop) -> None:
    assert "EOFError" in shop.run("django", "flush")


def test_a_command_that_prints_nothing_says_that_it_came_to_its_end(shop: Shop) -> None:
    assert shop.run("alembic", "upgrade head") == (
        "`alembic upgrade head`\nIt came to its end, and printed nothing."
    )
