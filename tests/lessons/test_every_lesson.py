"""What holds for every lesson. A new one is tried here as soon as its folder is there.

What one lesson shows beyond this stands in its own file, `test_lesson_NN.py`, on the same runs.
"""

from __future__ import annotations

import re

import pytest

from course_lib.authoring.bounds import DEMANDED, bounds_of
from course_lib.authoring.measure import Measured, measure_lesson
from course_lib.authoring.outside import find_outside
from course_lib.authoring.prose import find_stretches

from .running import LESSONS, NAMES, Site, marks, noise

# What a learner's folder may hold beside databases and the files that it came with.
MADE = {"shop.duckdb.wal", "migrations", "answers", "earlier"}

# Words that make light of what a reader finds hard, and the mark that shouts.
BANNED = re.compile(r"!|\b(?:just|simply|obviously|of course|easy|easily)\b", re.IGNORECASE)


@pytest.mark.parametrize("lesson", NAMES)
def test_the_released_notebook_runs_twice_without_noise_and_earns_nothing(
    site: Site, lesson: str
) -> None:
    for notebook in site.released(lesson):
        assert noise(notebook) == []
        earned = marks(notebook)
        assert earned
        assert {points for points, _ in earned.values()} == {0.0}


@pytest.mark.parametrize("lesson", NAMES)
def test_the_solved_notebook_runs_twice_without_noise_and_earns_all(
    site: Site, lesson: str
) -> None:
    for notebook in site.solved(lesson):
        assert noise(notebook) == []
        earned = marks(notebook)
        assert earned
        assert [name for name, (points, most) in earned.items() if points != most] == []


@pytest.mark.parametrize("lesson", NAMES)
def test_a_lesson_leaves_nothing_behind_but_what_a_learner_made(site: Site, lesson: str) -> None:
    site.released(lesson)
    folder = site.root / "notebooks" / lesson
    came = {path.name for path in (LESSONS / lesson).iterdir()} | {f"{lesson}.ipynb"}
    left = {path.name for path in folder.iterdir() if path.suffix != ".duckdb"}
    assert left - came <= MADE
    others = {path.name for path in folder.parent.iterdir()}
    assert others == {*NAMES, "00-start.ipynb"}


@pytest.mark.parametrize("lesson", NAMES)
def test_a_lesson_keeps_the_bounds_that_the_build_demands(lesson: str) -> None:
    measured = measure_lesson(LESSONS / lesson / "lesson.md", LESSONS.parent)
    assert isinstance(measured, Measured)
    bounds = bounds_of(lesson)
    assert bounds is not None
    outside = find_outside(measured, bounds)
    assert [str(one.problem) for one in outside if one.bound in DEMANDED] == []


@pytest.mark.parametrize("lesson", NAMES)
def test_a_lesson_neither_shouts_nor_makes_light(lesson: str) -> None:
    text = (LESSONS / lesson / "lesson.md").read_text(encoding="utf-8")
    assert [word for part in find_stretches(text) for word in BANNED.findall(part.text)] == []
