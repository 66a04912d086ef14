"""The same attacks under nbgrader as it comes: `docs/tamper.md` is written, and stays true."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import pytest
from nbgrader.api import Gradebook, MissingEntry

from course_lib.exercises import check_prepared, load_spec, prepare
from course_lib.exercises.hidden import draw_world
from tests import nbgrader_commands
from tests.grading.class_folder import SPEC, ClassFolder, open_class
from tests.grading.hostile import Attack, all_attacks
from tests.grading.submissions import CHECK, LESSON, answer
from tests.grading.tamper_page import (
    LEAVES,
    NO_MARK,
    PAGE,
    READS,
    STOPS,
    WRITES,
    Row,
    points,
    read_page,
    write_page,
)
from tests.grading.test_tamper import fingerprints

EXERCISE = load_spec(SPEC)
RIGHT = EXERCISE.solutions[0].answer
MINUTES = 3
"""After which a grading that goes on is taken for one that never ends."""

STOCK = """
import os
c = get_config()
c.CourseDirectory.root = os.getcwd()
c.CourseDirectory.course_id = "up-and-down"
c.Execute.timeout = 10
"""


def test_the_page_lists_every_attack_as_it_is() -> None:
    rows, _ = read_page(PAGE.read_text(encoding="utf-8"))
    assert [(row.name, row.title) for row in rows] == [
        (one.name, one.title) for one in all_attacks()
    ]


def test_the_page_sums_up_its_rows_and_none_of_ours_gains() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rows, of_nbgrader = read_page(text)
    assert text == write_page(rows, of_nbgrader)
    assert "| gains points | " in text and "| gains points | 0 |" not in text
    for row in rows:
        assert row.ours == NO_MARK or float(row.ours) <= float(row.honest)


@pytest.mark.stock
@pytest.mark.timeout(7200)
@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_the_same_attacks_under_stock_nbgrader(tmp_path: Path) -> None:
    """Writes the page; it holds that the attacks are real, for stock nbgrader falls to many."""
    attacks = all_attacks()
    with open_class(tmp_path / "made") as made:
        prepared = prepare(EXERCISE, made.secret)
        ours = _marks_of_ours(made, attacks)
        for place in ("submitted", "autograded", "feedback"):
            shutil.rmtree(made.folder / place)
        made.terminal.run("nbgrader db assignment remove " + LESSON + " --force")
        made.terminal.run(f"nbgrader generate_assignment {LESSON} --force")
        (made.folder / "nbgrader_config.py").write_text(STOCK)

        def row(attack: Attack) -> Row:
            base, home = tmp_path / "stock" / attack.name, tmp_path / "home" / attack.name
            mark, follows = _under_stock(made, attack, base, home)
            earned = points(check_prepared(prepared, attack.honest).points)
            print(f"{attack.name}: {points(mark)} of {earned}; {'; '.join(follows)}", flush=True)
            return Row(
                attack.name, attack.title, earned, points(ours[attack.name]), points(mark), follows
            )

        # Most of the time a kernel starts, stops, or is waited for.
        with ThreadPoolExecutor(2 * (os.cpu_count() or 1)) as some:
            rows = [*some.map(row, attacks)]
    text = write_page(rows, version("nbgrader"))
    PAGE.write_text(text, encoding="utf-8")
    print(text)
    stopped = sum(STOPS in row.follows for row in rows)
    gained = sum(row.stock != NO_MARK and float(row.stock) > float(row.honest) for row in rows)
    assert gained >= 10 and stopped >= 3


def _marks_of_ours(course: ClassFolder, attacks: list[Attack]) -> dict[str, float | None]:
    """The marks that our grading gives, which shows none of what the page says of stock's."""
    course.submit("zoe", answer(RIGHT))
    for attack in attacks:
        attack.attempt(course.submit(attack.name, answer(attack.honest)))
    before = fingerprints(course.folder)
    course.autograde()
    course.give_feedback()
    assert fingerprints(course.folder) == before
    assert not [page for page in course.folder.glob("feedback/*/*/*") if _tells(course, page)]
    marks = course.marks()
    assert marks["zoe"] == EXERCISE.task.max_points
    return marks


def _under_stock(
    made: ClassFolder, attack: Attack, base: Path, home: Path
) -> tuple[float | None, tuple[str, ...]]:
    """The attack's mark, and what else came of it; nothing of it is left behind."""
    home.mkdir(parents=True)
    shutil.copytree(made.folder, base / "class")
    course = ClassFolder(base / "class", made.terminal)
    attack.attempt(course.submit(attack.name, answer(attack.honest)))
    course.submit(f"{attack.name}_next", answer(RIGHT))
    course.submit("zoe", answer(RIGHT))
    before = fingerprints(course.folder)
    _grade(course.folder, home, f"--student={attack.name}*")
    left = _processes_of(course.folder)
    for process in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    written = fingerprints(course.folder) != before or any(home.glob("**/startup/*.py"))
    told = [page for page in course.folder.glob("feedback/*/*/*") if _tells(course, page)]
    stopped = _score(course.folder, f"{attack.name}_next") is None
    mark = _score(course.folder, attack.name)
    shutil.rmtree(base)
    shutil.rmtree(home, ignore_errors=True)
    came = ((STOPS, stopped), (LEAVES, left), (WRITES, written), (READS, told))
    return mark, tuple(follow for follow, seen in came if seen)


def _grade(folder: Path, home: Path, who: str) -> None:
    """Autograde and feedback, whatever they say, in a process of their own that has an end."""
    lines = [f"nbgrader {do} {LESSON} {who}" for do in ("autograde", "generate_feedback")]
    (home / "log").touch()
    process = subprocess.Popen(
        [sys.executable, nbgrader_commands.__file__, str(home / "log")],
        cwd=folder,
        env={**os.environ, "HOME": str(home), "UPDOWN_COURSE": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        process.communicate("\n".join(lines) + "\n", timeout=MINUTES * 60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _processes_of(folder: Path) -> list[int]:
    """The processes that were started for a course folder and that stay. A kernel whose nbgrader
    was ended goes by itself, within some seconds."""
    mark = f"UPDOWN_COURSE={folder}\0".encode()
    for _ in range(20):
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if mark in (place / "environ").read_bytes():
                    found.append(int(place.name))
        if not found:
            break
        time.sleep(0.5)
    return found


def _tells(course: ClassFolder, page: Path) -> bool:
    """Whether a file for learners holds the class's secret, or a row that is drawn from it."""
    if not page.is_file():
        return False
    world = draw_world(EXERCISE.hidden[0], EXERCISE.task.id, course.secret)
    row = world.rows.splitlines()[1].partition(",")[0].strip()
    text = page.read_text(encoding="utf-8", errors="replace")
    return course.secret in text or f"{row}, " in text


def _score(folder: Path, student: str) -> float | None:
    """The score in the gradebook as nbgrader exports it; None where there is no grade."""
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        try:
            submission = gradebook.find_submission(LESSON, student)
            grade = gradebook.find_grade(CHECK, LESSON, LESSON, student)
        except MissingEntry:
            return None
        if grade.auto_score is None and grade.manual_score is None:
            return None
        return float(submission.score)
