"""What holds for every lesson. A new one is tried here as soon as its folder is there.

What one lesson shows beyond this stands in its own file, `test_lesson_NN.py`, on the same runs.
"""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course_lib.authoring.bounds import DEMANDED, bounds_of
from course_lib.authoring.measure import Measured, measure_lesson
from course_lib.authoring.outside import find_outside
from course_lib.authoring.prose import find_stretches

from .running import LESSONS, NAMES, Site, marks, noise

# What a learner's folder may hold beside databases and the files that it came with.
MADE = {"shop.duckdb.wal", "migrations", "answers", "earlier"}

# Words that make light of what a reader finds hard, and the mark that shouts.
BANNED = re.compile(r"!|\b(?:just|simply|obviously|of course|easy|easily)\b", re.IGNORECASE)


# Each notebook runs twice in its folder: first all lessons in their order, then in the other one.
ROUNDS = [*((lesson, False) for lesson in NAMES), *((lesson, True) for lesson in NAMES[::-1])]


@pytest.mark.parametrize(("lesson", "again"), ROUNDS)
def test_the_released_notebook_runs_in_any_order_without_noise_and_earns_nothing(
    site: Site, lesson: str, again: bool
) -> None:
    notebook = site.released_once(lesson, again)
    assert noise(notebook) == []
    earned = marks(notebook)
    assert earned
    assert {points for points, _ in earned.values()} == {0.0}


@pytest.mark.parametrize(("lesson", "again"), ROUNDS)
def test_the_solved_notebook_runs_in_any_order_without_noise_and_earns_all(
    site: Site, lesson: str, again: bool
) -> None:
    notebook = site.solved_once(lesson, again)
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
    assert [path.name for path in site.home.iterdir()] == []
    assert [path.name for path in site.temporary.iterdir()] == []


@pytest.mark.parametrize("lesson", NAMES)
def test_a_lesson_asks_the_network_for_nothing(site: Site, lesson: str) -> None:
    site.released(lesson)
    site.solved(lesson)
    assert site.asked_network == []


def test_what_a_kernel_asks_of_the_network_is_refused_and_noted(tmp_path: Path) -> None:
    (tmp_path / "asking").mkdir()
    ask = "import socket; socket.create_connection(('192.0.2.1', 80), 2)"
    cell = f"""import subprocess, sys
done = subprocess.run([sys.executable, "-c", {ask!r}], capture_output=True, text=True)
print(done.stderr)
{ask}
"""
    notebook = new_notebook(cells=[new_code_cell(cell)])
    nbformat.write(notebook, tmp_path / "asking" / "asking.ipynb")
    site = Site(tmp_path, {})
    told = str(noise(site.run(tmp_path / "asking")))
    assert told.count("a lesson asks the network for nothing, and this asks 192.0.2.1") >= 2
    assert site.asked_network == ["socket.getaddrinfo 192.0.2.1"] * 2


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
