"""The exercise that the tests of this room work on, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.exercises import Exercise, PublicExercise, load_spec, publish
from course_lib.exercises.public import read_public

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "lessons" / "04-adding-a-column" / "exercises" / "add-email.toml"


@pytest.fixture(scope="session")
def exercise() -> Exercise:
    return load_spec(SPEC)


@pytest.fixture(scope="session")
def public(exercise: Exercise) -> PublicExercise:
    return read_public(publish(exercise))
