"""A whole class graded while parent and workers are killed: every mark is the one-at-a-time truth.

By default a part of it; all lessons and 300 learners with UPDOWN_WHOLE_CLASS=1.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from nbgrader.api import Gradebook, SubmittedAssignment

from tests.classroom.graded_class import kill, workers_of
from tests.classroom.whole_class import LESSONS, Work, all_work, draw_class
from tests.grading.class_folder import ROOT, ClassFolder, open_class
from tests.lone_lesson import copy_lessons

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.long,
    pytest.mark.timeout(4 * 3600),
]

WHOLE = os.environ.get("UPDOWN_WHOLE_CLASS") == "1"
LEARNERS, TAKEN = (300, LESSONS) if WHOLE else (16, (LESSONS[0], LESSONS[5]))
SEED = 7
KILLS = 60 if WHOLE else 10

Marks = dict[str, dict[str, tuple[float | None, str | None]]]
"""By learner and cell: automatic points, or the automatic comment of an answer."""


def test_every_mark_of_a_class_that_was_killed_is_the_truth(tmp_path: Path) -> None:
    lessons = partial(copy_lessons, TAKEN)
    with open_class(tmp_path, lesson=TAKEN[0], write_lessons=lessons) as course:
        for lesson in TAKEN[1:]:
            course.terminal.run(f"nbgrader generate_assignment {lesson}")
        truth = one_at_a_time(course, tmp_path / "truth")
        handed_in = dict[tuple[str, str], Work]()
        for student, work in draw_class(LEARNERS, TAKEN, SEED):
            handed_in[work.lesson, student] = work
            work.hand_in(course.folder, student)
        stamps, killed = kill_until_tired(course, len(handed_in))
        told = grade_to_the_end(course)
        print(f"{len(handed_in)} submissions, {killed}, {told['graded']} in the last run")

        done = Counter((one["lesson"], one["student"]) for one in told["submissions"])
        assert done == Counter(dict.fromkeys(handed_in, 1))
        assert told["failed"] == 0
        for path, time_of_it in stamps.items():
            assert path.stat().st_mtime_ns == time_of_it, f"{path} was graded twice"
        for lesson in TAKEN:
            marks, count = read_marks(course.folder, lesson)
            expected = {
                s: truth[w.lesson, w.name] for (of, s), w in handed_in.items() if of == lesson
            }
            assert marks == expected
            assert set(count.values()) == {1}
        assert not workers_of(course)
        assert not [*(course.folder / ".grading" / "unfinished").iterdir()]
        assert not (course.folder / "stolen.csv").exists()
        assert grade_to_the_end(course)["unchanged"] == len(handed_in)


def one_at_a_time(
    course: ClassFolder, copy: Path
) -> dict[tuple[str, str], dict[str, tuple[float | None, str | None]]]:
    """What each content gets from nbgrader's own command, in a class of its own."""
    shutil.copytree(course.folder, copy)
    every = {(lesson, work.name): work for lesson in TAKEN for work in all_work(lesson)}
    for (_, name), work in every.items():
        work.hand_in(copy, name)
    course.terminal.run(f"cd {copy}")
    for lesson in TAKEN:
        course.terminal.run(f"nbgrader autograde {lesson}")
    course.terminal.run(f"cd {course.folder}")
    of_lesson = {lesson: read_marks(copy, lesson)[0] for lesson in TAKEN}
    return {(lesson, name): of_lesson[lesson][name] for lesson, name in every}


def kill_until_tired(course: ClassFolder, total: int) -> tuple[dict[Path, int], Counter[str]]:
    """Start runs and kill them, or their workers, at random moments; what was done at each kill."""
    chance, killed = random.Random(SEED), Counter[str]()
    stamps: dict[Path, int] = {}
    while sum(killed.values()) < KILLS and len(stamps) < total - 2:
        with start(course) as run:
            while run.poll() is None and sum(killed.values()) < KILLS:
                goal = len(read_stamps(course)) + chance.randint(0, max(1, total // KILLS))
                while run.poll() is None and len(read_stamps(course)) < goal:
                    time.sleep(0.05)
                time.sleep(chance.random())
                workers = workers_of(course)
                victim = chance.choice(["parent", "worker", "worker", "all"])
                stamps |= read_stamps(course)
                if victim != "parent":
                    for process in workers if victim == "all" else workers[:1]:
                        kill(process)
                if victim != "worker":
                    kill(run.pid)
                killed[victim] += bool(workers)
            kill(run.pid)
    return stamps, killed


def read_stamps(course: ClassFolder) -> dict[Path, int]:
    found = {}
    for path in course.folder.glob("autograded/*/*/.updown-graded.json"):
        try:
            found[path] = path.stat().st_mtime_ns
        except FileNotFoundError:  # its folder is being put in place
            continue
    return found


def start(course: ClassFolder, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "course_lib.cli", "class", "grade", *TAKEN, "--jobs", "2"]
    return subprocess.Popen(
        [*command, *options],
        cwd=course.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def grade_to_the_end(course: ClassFolder) -> dict[str, object]:
    with start(course, "--json") as run:
        said, _ = run.communicate()
    assert run.returncode == 0, said
    return dict(json.loads(said))


def read_marks(folder: Path, lesson: str) -> tuple[Marks, Counter[str]]:
    """The marks of a lesson, and how many submissions the gradebook has of each learner."""
    marks: Marks = {}
    count = Counter[str]()
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "up-and-down") as gradebook:
        assignment = gradebook.find_assignment(lesson)
        found = gradebook.db.query(SubmittedAssignment).filter_by(assignment_id=assignment.id)
        for submission in found:
            cells = marks.setdefault(submission.student.id, {})
            count[submission.student.id] += 1
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    cells[f"{grade.name} points"] = (grade.auto_score, None)
                for comment in notebook.comments:
                    cells[f"{comment.name} comment"] = (None, comment.auto_comment)
    return marks, count
