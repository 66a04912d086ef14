"""A new migration has the next number, both sections, and never takes the place of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.migrations import Problem, new_migration, read_folder
from course_lib.migrations.new import SECTIONS

from .databases import sections


def named(folder: Path, name: str) -> str:
    made = new_migration(folder, name)
    assert isinstance(made, Path), made
    assert made.parent == folder
    return made.name


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("add phone to users", "001_add_phone_to_users.sql"),
        ("  Add Phone-To users ", "001_add_phone_to_users.sql"),
        ("größe_2", "001_größe_2.sql"),
    ],
)
def test_words_become_a_file_name_that_the_engine_reads(
    tmp_path: Path, name: str, file: str
) -> None:
    folder = tmp_path / "new" / "migrations"
    assert named(folder, name) == file
    assert (folder / file).read_text() == SECTIONS
    (folder / file).write_text(sections("SELECT 1"))
    found = read_folder(folder)
    assert [m.number for m in found.migrations] == [1] and not found.problems


def test_the_number_follows_the_highest_that_is_there(tmp_path: Path) -> None:
    for name in ("2_b.sql", "010_a.sql"):
        (tmp_path / name).write_text(sections("SELECT 1"))
    assert named(tmp_path, "next") == "011_next.sql"
    (tmp_path / "011_next.sql").write_text(sections("SELECT 1"))
    assert named(tmp_path, "next") == "012_next.sql"


def test_the_number_of_a_file_that_cannot_be_read_is_taken(tmp_path: Path) -> None:
    (tmp_path / "003_half.sql").write_text("-- migrate:up\nSELEKT\n")
    (tmp_path / "notes.sql").write_text("no migration")
    assert named(tmp_path, "next") == "004_next.sql"


@pytest.mark.parametrize("name", ["", "  ", "../up", "a/b", "drop;", "a.sql"])
def test_a_name_that_is_no_words_is_refused_and_nothing_is_written(
    tmp_path: Path, name: str
) -> None:
    problem = new_migration(tmp_path / "migrations", name)
    assert isinstance(problem, Problem) and problem.kind == "name"
    assert "add_phone_to_users" in str(problem)
    assert list(tmp_path.iterdir()) == []
