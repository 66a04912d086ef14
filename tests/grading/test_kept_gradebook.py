"""The gradebook that stays open: opened once, whole blocks or nothing, seen by nbgrader's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook, InvalidEntry, MissingEntry
from nbgrader.preprocessors import saveautogrades

from course_lib.grading.configuration import find_programs
from course_lib.grading.kept_gradebook import KeptGradebook, used_by_nbgrader


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new gradebook: nbgrader runs a program of its own for one."""
    find_programs()
    path = tmp_path_factory.mktemp("made") / "gradebook.db"
    Gradebook(f"sqlite:///{path}", "course").close()
    return path


@pytest.fixture
def database(made: Path, tmp_path: Path) -> str:
    shutil.copy(made, tmp_path)
    return f"sqlite:///{tmp_path / 'gradebook.db'}"


def test_nbgraders_steps_get_the_kept_one_for_this_gradebook_alone(
    database: str, made: Path
) -> None:
    kept = KeptGradebook(database, "course")
    with used_by_nbgrader(kept, database):
        assert saveautogrades.Gradebook(database) is kept
        with saveautogrades.Gradebook(f"sqlite:///{made}") as other:
            assert other is not kept
    assert saveautogrades.Gradebook is Gradebook
    kept.leave()


def test_the_end_of_a_block_commits_and_an_exception_takes_all_of_it_back(database: str) -> None:
    kept = KeptGradebook(database, "course")
    with kept as gradebook:
        gradebook.add_student("ada")
    with pytest.raises(InvalidEntry):  # noqa: PT012, SIM117  the block is what is tested
        with kept as gradebook:
            gradebook.add_student("grace")
            gradebook.add_student("ada")
    with Gradebook(database, "course") as own:
        assert own.find_student("ada").first_name is None
        with pytest.raises(MissingEntry):
            own.find_student("grace")
    kept.leave()


def test_it_sees_what_others_wrote_and_keeps_them_from_nothing_between_blocks(
    database: str,
) -> None:
    kept = KeptGradebook(database, "course")
    with kept as gradebook:
        gradebook.add_student("ada")
        assert gradebook.find_student("ada").first_name is None
    with Gradebook(database, "course") as own:
        own.update_or_create_student("ada", first_name="Ada")
    with kept as gradebook:
        assert gradebook.find_student("ada").first_name == "Ada"
    kept.leave()


def test_sqlite_waits_longer_for_other_writers(database: str) -> None:
    kept = KeptGradebook(database, "course")
    with kept as gradebook:
        found = gradebook.db.connection().exec_driver_sql("PRAGMA busy_timeout").scalar()
    assert found == 60_000
    kept.leave()
