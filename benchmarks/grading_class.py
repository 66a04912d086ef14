"""Two folders of one class with the same work in them: one graded by stock nbgrader, one by us."""

from __future__ import annotations

import csv
import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course_lib.exercises import load_spec
from course_lib.grading.configuration import STAMP

PYTHON = sys.executable
ROOT = Path(__file__).resolve().parents[1]
NBGRADER = [PYTHON, "-m", "nbgrader"]
STOCK = """
import os
c = get_config()
c.CourseDirectory.root = os.getcwd()
c.CourseDirectory.course_id = "up-and-down"
c.Execute.timeout = 120
"""
"""nbgrader as it comes. Where hidden worlds are is in the environment, for the checks."""


@dataclass(frozen=True)
class Spent:
    """What a command took: seconds, seconds of computing in all its processes, and the most memory
    that they had together, in MiB (a page that several share counts once)."""

    wall: float
    cpu: float
    memory: float


def make_class(base: Path, lessons: list[str], number: int) -> tuple[Path, Path]:
    """The folder that stock nbgrader grades, and ours, with the work of so many students."""
    ours, stock = base / "ours", base / "stock"
    _run([PYTHON, "-m", "course_lib.cli", "class", "new", str(ours)], ROOT)
    for lesson in lessons:
        _run([*NBGRADER, "generate_assignment", lesson], ours)
        for index in range(number):
            _hand_in(ours, lesson, index)
    shutil.copytree(ours, stock)
    (stock / "nbgrader_config.py").write_text(STOCK)
    return stock, ours


def student(index: int) -> str:
    """Names in which `s000*` is ten students, and `s00*` a hundred."""
    return f"s{index:04}"


def grade_stock(folder: Path, lesson: str, who: str) -> Spent:
    """`nbgrader autograde`, as it comes; without `--force` it leaves out what it has graded."""
    return _timed([*NBGRADER, "autograde", lesson, "--force", f"--student={who}"], folder)


def grade_ours(folder: Path, lesson: str, who: str, jobs: int = 1) -> Spent:
    """`updown class grade`."""
    chosen = [] if who == "*" else [f"--student={one}" for one in _matching(folder, who)]
    # Those that an earlier run has graded have to be graded again.
    command = [PYTHON, "-m", "course_lib.cli", "class", "grade", lesson, f"--jobs={jobs}", "--all"]
    began = time.time_ns()
    spent = _timed([*command, "--course", str(folder), *chosen], ROOT)
    for name in _matching(folder, who):
        stamp = folder / "autograded" / name / lesson / STAMP
        assert stamp.stat().st_mtime_ns > began, f"{name} was not graded"
    return spent


def give_feedback(folder: Path, lesson: str, who: str) -> Spent:
    """`nbgrader generate_feedback`."""
    return _timed([*NBGRADER, "generate_feedback", lesson, f"--student={who}"], folder)


def marks(folder: Path, lesson: str) -> Mapping[str, str]:
    """The scores that nbgrader exports, of those who have been graded."""
    _run([*NBGRADER, "export"], folder)
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == lesson]
    graded = {path.parent.name for path in folder.glob(f"autograded/*/{lesson}")}
    return {row["student_id"]: row["score"] for row in rows if row["student_id"] in graded}


def _matching(folder: Path, who: str) -> list[str]:
    return sorted(path.name for path in folder.glob(f"submitted/{who}"))


def _hand_in(course: Path, lesson: str, index: int) -> None:
    """One notebook: model answers and wrong ones in turn, and no two texts are the same."""
    target = course / "submitted" / student(index) / lesson
    shutil.copytree(course / "release" / lesson, target)
    notebook = nbformat.read(target / f"{lesson}.ipynb", as_version=4)
    cells = {cell.id: cell for cell in notebook.cells}
    for path in sorted((course / "specs" / lesson).glob("*.toml")):
        exercise = load_spec(path)
        answers = [one.answer for one in (*exercise.solutions, *exercise.wrong_answers)]
        # Every second one hands in a model solution.
        chosen = answers[(index // 2) % len(answers) if index % 2 else 0]
        texts = [chosen] if isinstance(chosen, str) else [*chosen.values()]
        for number, text in enumerate(texts, start=1):
            cell = cells[f"{path.stem}-answer" + (f"-{number}" if number > 1 else "")]
            comment = "--" if exercise.task.language == "sql" else "#"
            magic = cell.source.partition("\n")[0]
            cell.source = f"{magic}\n{text.strip()}\n{comment} {student(index)} {number}"
    nbformat.write(notebook, target / f"{lesson}.ipynb")


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


def _timed(command: list[str], folder: Path) -> Spent:
    # A course folder may lie anywhere, and jupyter looks for its programs on the path.
    path = os.pathsep.join([str(Path(PYTHON).parent), os.environ["PATH"]])
    environment = {**os.environ, "UPDOWN_COURSE": str(folder), "PATH": path}
    before, began = _computed(), time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    most = _Most(process.pid)
    said, _ = process.communicate()
    wall = time.perf_counter() - began
    assert process.returncode == 0, f"{command}\n{said.decode(errors='replace')}"
    return Spent(wall, _computed() - before, most.end())


def _computed() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Most:
    """Looks every quarter of a second at what a process and all below it have in memory."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._over = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> float:
        """The most, in MiB; 0 where the system has no /proc."""
        self._over.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while not self._over.wait(0.25):
            self._most = max(self._most, sum(map(_share, _below(self._pid))) / 1024)


def _below(pid: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        children.setdefault(parent, []).append(int(path.parent.name))
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += children.get(one, [])


def _share(pid: int) -> int:
    """A process's share of memory in KiB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
