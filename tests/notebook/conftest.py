"""A lesson's folder as a learner has it, in a temporary place, opened without a kernel."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.exercises import load_spec, publish
from course_lib.notebook import Lesson
from course_lib.notebook import lesson as lesson_module

LESSON = "04-adding-a-column"
SOURCE = Path(__file__).parents[2] / "lessons" / LESSON

THREE_STATEMENTS = """\
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR(255);
UPDATE users SET email = 'temp@example.com' WHERE email IS NULL;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
"""


@pytest.fixture(scope="session")
def public_exercise() -> str:
    """The learner's part of the exercise, as the build writes it."""
    return json.dumps(publish(load_spec(SOURCE / "exercises" / "add-email.toml")))


@pytest.fixture
def folder(tmp_path: Path, public_exercise: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The lesson's folder, and the current one."""
    folder = tmp_path / LESSON
    (folder / "exercises").mkdir(parents=True)
    for name in ("world.sql", "quiz.toml"):
        shutil.copy(SOURCE / name, folder / name)
    (folder / "exercises" / "add-email.json").write_text(public_exercise)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def lesson(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lesson]:
    """The lesson, active and with its database."""
    monkeypatch.setattr(lesson_module, "_active", None)
    opened = lesson_module.activate(LESSON)
    yield opened
    opened.database.close()
