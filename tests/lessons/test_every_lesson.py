"""What holds for every lesson. A new one is tried here as soon as its folder is there.

What one lesson shows beyond this stands in its own file, `test_lesson_NN.py`, on the same runs.
"""

from __future__ import annotations

import pytest

from .prose import banned, stretches, words
from .running import LESSONS, NAMES, Site, marks, noise

WORDS = {}
"""Lessons with a length of their own, and why. All others have the ordinary one."""
ORDINARY = range(1000, 1501)

# What a learner's folder may hold beside the files that it came with.
MADE = {"shop.duckdb", "shop.duckdb.wal", "migrations", "answers", "earlier"}


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
    assert {path.name for path in folder.iterdir()} - came <= MADE
    others = {path.name for path in folder.parent.iterdir()}
    assert others == {*NAMES, "00-start.ipynb"}


@pytest.mark.parametrize("lesson", NAMES)
def test_a_lesson_is_short_and_gives_something_to_do_all_along(lesson: str) -> None:
    prose = stretches(LESSONS / lesson / "lesson.md")
    assert sum(map(words, prose)) in WORDS.get(lesson, ORDINARY)
    assert words(prose[0]) <= 110, "the first thing to do comes late"
    assert [part for part in prose if words(part) > 180] == []


@pytest.mark.parametrize("lesson", NAMES)
def test_a_lesson_neither_shouts_nor_makes_light(lesson: str) -> None:
    prose = stretches(LESSONS / lesson / "lesson.md")
    assert [found for part in prose for found in banned(part)] == []
