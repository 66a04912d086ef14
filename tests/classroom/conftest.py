"""A class of lesson 4, made once; each test gets a copy of its own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tests.classroom.class_course import LESSON, ROSTER, make_checkout, updown_class


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if os.name != "posix":
        pytest.skip("grading needs a POSIX system")
    return make_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="session")
def made_class(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("made")
    (base / "learners.csv").write_text(ROSTER, encoding="utf-8")
    assert updown_class(checkout, "new", base / "class", "--roster", base / "learners.csv") == 0
    return base / "class"


@pytest.fixture
def own_class(made_class: Path, tmp_path: Path) -> Path:
    """A class with three learners on its roster and an exchange inside."""
    shutil.copytree(made_class, tmp_path / "class")
    return tmp_path / "class"


@pytest.fixture
def ready(own_class: Path) -> Path:
    """A class whose lesson the gradebook knows."""
    with Gradebook(f"sqlite:///{own_class / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment(LESSON, duedate="2026-01-01 12:00:00.0 UTC")
    return own_class
