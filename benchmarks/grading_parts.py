"""Where the time of one notebook goes, cell by cell, and what cannot be spared."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import nbformat
from check import run_bare

from course_lib.exercises import load_spec
from course_lib.grading.graft import graft
from course_lib.grading.replay import _cell, _to_run
from course_lib.grading.worker_process import Cell, Shown, play

TIMES = 7
_KINDS = {
    "check(": "checks",
    "%%migration": "migration cells",
    "%%answer": "answers in Python, saved",
    "quiz_points": "points of a quiz",
    "quiz(": "quizzes",
    "from course_lib.notebook": "a fork, its shell, and the lesson's first cell",
}


def where_time_goes(course: Path, lesson: str, student: str, whole: float) -> Iterator[str]:
    """Lines of a table in milliseconds, each the median of several replays; `whole` is what one
    notebook takes, in seconds."""
    os.environ["UPDOWN_COURSE"] = str(course)
    cells = _cells(course, lesson, student)
    runs = [_replay(course, lesson, cells) for _ in range(TIMES)][1:]
    parts = {name: median(run[name] for run in runs) for name in runs[0]}
    replayed = sum(parts.values())
    yield f"where {whole * 1000:.0f} ms go:"
    for name, took in sorted(parts.items(), key=lambda one: -one[1]):
        yield f"  {took * 1000:6.0f} ms  {name}"
    yield f"  {(whole - replayed) * 1000:6.0f} ms  all else: the gradebook, files, nbgrader's steps"
    empty = median(_replay(course, lesson, [Cell("1")])["other cells"] for _ in range(TIMES))
    bare = sum(_bare(path) for path in sorted((course / "specs" / lesson).glob("*.toml")))
    yield (
        f"the floor: {empty * 1000:.0f} ms for a fork with one empty cell, {bare * 1000:.0f} ms"
        " for the bare steps of the answers in the visible worlds"
    )


def _cells(course: Path, lesson: str, student: str) -> list[Cell]:
    name = f"{lesson}.ipynb"
    source = nbformat.read(course / "source" / lesson / name, as_version=4)
    released = nbformat.read(course / "release" / lesson / name, as_version=4)
    submitted = nbformat.read(course / "submitted" / student / lesson / name, as_version=4)
    notebook = graft(released, submitted)
    # nbgrader puts the hidden part of the checks back.
    checks = {cell.id: cell.source for cell in source.cells if cell.source.startswith("check(")}
    for cell in notebook.cells:
        cell.source = checks.get(cell.id, cell.source)
    return [_cell(notebook.cells[index]) for index in _to_run(notebook)]


def _replay(course: Path, lesson: str, cells: Sequence[Cell]) -> dict[str, float]:
    """Seconds by the kind of cell."""
    took: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / lesson
        shutil.copytree(course / "release" / lesson, folder)
        began = time.perf_counter()
        for cell, came in zip(cells, play(cells, folder, seconds=120), strict=False):
            assert isinstance(came, Shown), came
            now = time.perf_counter()
            kind = next((k for word, k in _KINDS.items() if cell.source.startswith(word)), "")
            kind = kind or "other cells"
            took[kind] = took.get(kind, 0.0) + now - began
            began = now
    return took


def _bare(path: Path) -> float:
    exercise = load_spec(path)
    if exercise.task.function is not None:
        return 0.0
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        run_bare(exercise.task, exercise.solutions[0].answer)
        took.append(time.perf_counter() - began)
    return median(took)
