"""`updown class grade --scheduler`: one machine's marks from a real Dask cluster, whatever dies."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.classroom.cluster import find_worker_problems
from course_lib.classroom.cluster_worker import Sight, versions
from tests.classroom.dask_cluster import DaskCluster, dask_cluster, kill_now
from tests.classroom.graded_class import (
    LESSON,
    RIGHT,
    automatic_points,
    graded_students,
    half_right,
    half_right_points,
    hand_in,
    open_short_class,
    start_grading,
    updown_grade,
    wait_until,
)
from tests.grading.class_folder import ROOT, ClassFolder

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(900),
]

STUDENTS = tuple(f"s{number}" for number in range(8))
SLOW_AND_DEADLY = """
import os, pathlib, signal, time
from nbgrader.preprocessors import NbGraderPreprocessor

class Trouble(NbGraderPreprocessor):
    def preprocess(self, nb, resources):
        student = resources["nbgrader"]["student"]
        root = pathlib.Path(os.environ["UPDOWN_COURSE"])
        if (root / "slow").exists() and student == "s3":
            (root / f"at-it-{os.getpid()}").touch()
            while (root / "slow").exists():
                time.sleep(0.05)
        if student == "bomb":
            os.kill(os.getpid(), signal.SIGKILL)
        return nb, resources

get_config().Autograde.sanitize_preprocessors.insert(0, Trouble)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassFolder]:
    with open_short_class(tmp_path_factory.mktemp("cluster"), SLOW_AND_DEADLY) as course:
        yield course


@pytest.fixture
def course(made: ClassFolder) -> Iterator[ClassFolder]:
    """The class with eight submissions, every other one right."""
    with half_right(made, STUDENTS) as course:
        yield course
    for path in (made.folder / "slow", *made.folder.glob("at-it-*")):
        path.unlink(missing_ok=True)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[DaskCluster]:
    with dask_cluster(tmp_path / "dask", workers=2) as cluster:
        yield cluster


def truth(course: ClassFolder) -> dict[str, float | None]:
    return half_right_points(course, STUDENTS)


def at_it(course: ClassFolder) -> list[int]:
    """The processes that have begun with the slow submission."""
    return [int(path.name.rpartition("-")[2]) for path in course.folder.glob("at-it-*")]


def test_a_cluster_gives_the_marks_and_the_summary_of_one_machine(
    course: ClassFolder, cluster: DaskCluster
) -> None:
    said = updown_grade(course, LESSON, "--scheduler", cluster.address)
    assert "8 graded, 0 unchanged, 0 failed" in said
    assert automatic_points(course) == truth(course)
    assert "0 graded, 8 unchanged, 0 failed" in updown_grade(
        course, LESSON, "--scheduler", cluster.address
    )
    assert "0 graded, 8 unchanged, 0 failed" in updown_grade(course, LESSON, "--jobs", "1")


def test_the_commands_of_the_page_grade_a_class(course: ClassFolder, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    section = text.partition("## Past one machine\n")[2].partition("\n## ")[0]
    commands = next(block for block in section.split("```") if "dask scheduler" in block)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    here = commands.replace("10.0.0.5", "127.0.0.1").replace("8786", port)
    scheduler, worker, grade = here.replace("04-adding-a-column", LESSON).splitlines()[1:]
    places = [str(Path(sys.executable).parent), os.environ["PATH"]]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": os.pathsep.join(places)}
    started = []
    with (tmp_path / "log.txt").open("wb") as log:
        try:
            for line in (scheduler, worker):
                started.append(
                    subprocess.Popen(
                        line.split(),
                        cwd=tmp_path,
                        env=environment,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )
            said = updown_grade(course, *grade.split()[3:])
        finally:
            for process in started:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    assert "8 graded, 0 unchanged, 0 failed" in said
    assert automatic_points(course) == truth(course)


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(
    course: ClassFolder, cluster: DaskCluster
) -> None:
    (course.folder / "slow").touch()
    with start_grading(course, "--scheduler", cluster.address) as run:
        wait_until(lambda: bool(at_it(course)))
        [victim] = [one for one in cluster.workers if one.pid in at_it(course)]
        kill_now(victim)
        (course.folder / "slow").unlink()
        said, errors = run.communicate(timeout=300)
    assert run.returncode == 0, errors
    assert "8 graded, 0 unchanged, 0 failed" in said
    assert automatic_points(course) == truth(course)


def test_a_submission_that_kills_its_workers_is_left_to_a_person_and_stops_no_other(
    course: ClassFolder, cluster: DaskCluster
) -> None:
    hand_in(course, "bomb", RIGHT)
    for _ in range(4):  # as many as Dask gives up, and two remain
        cluster.add_worker()
    said = updown_grade(course, LESSON, "--scheduler", cluster.address, code=1)
    assert "8 graded, 0 unchanged, 1 failed" in said
    assert "its worker died 4 times" in said
    assert automatic_points(course) == {**truth(course), "bomb": None}


def test_where_the_scheduler_is_lost_one_sentence_says_so_and_the_next_run_finishes(
    course: ClassFolder, cluster: DaskCluster
) -> None:
    (course.folder / "slow").touch()
    with start_grading(course, "--scheduler", cluster.address) as run:
        wait_until(lambda: bool(at_it(course)) and len(graded_students(course)) >= 1)
        kill_now(cluster.scheduler)
        said, errors = run.communicate(timeout=300)
    assert (run.returncode, said) == (1, "")
    # Before it there may be lines of the progress.
    *progress, sentence = errors.splitlines()
    assert all(" of 8 graded" in line for line in progress), errors
    assert sentence.startswith(f"{cluster.address}: the scheduler does not answer any more; ")
    (course.folder / "slow").unlink()
    again = updown_grade(course, "--resume", "--jobs", "1")
    assert "8 graded, 0 unchanged, 0 failed" in again
    assert automatic_points(course) == truth(course)


def test_a_cluster_that_is_not_there_is_told_before_anything_is_graded(
    course: ClassFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("course_lib.classroom.cluster.connected.__wrapped__.__defaults__", (1.0,))
    said = updown_grade(course, LESSON, "--scheduler", "tcp://127.0.0.1:1", code=1)
    assert said.startswith("tcp://127.0.0.1:1: no scheduler answers there: ")
    assert len(said.splitlines()) == 1
    said = updown_grade(course, LESSON, "--scheduler", "nonsense://here", code=1)
    assert said.startswith("nonsense://here: no scheduler answers there: ")
    with dask_cluster(tmp_path / "dask") as cluster:
        said = updown_grade(course, LESSON, "--scheduler", cluster.address, code=1)
        assert said.startswith(f"{cluster.address}: it has no worker; start one with `dask worker")
    assert not graded_students(course)


def test_a_worker_with_another_version_of_the_course_is_refused(
    course: ClassFolder, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "course_lib", tmp_path / "other" / "course_lib")
    with (tmp_path / "other" / "course_lib" / "__init__.py").open("a") as file:
        file.write("# of next year\n")
    with dask_cluster(tmp_path / "dask", workers=1) as cluster:
        cluster.add_worker(PYTHONPATH=str(tmp_path / "other"))
        wait_until(lambda: cluster.words().count("Registered to:") == 2)
        said = updown_grade(course, LESSON, "--scheduler", cluster.address, code=1)
    [sentence] = said.splitlines()
    assert "it has course_lib " in sentence and "; install the course there" in sentence
    assert not graded_students(course)


def test_each_thing_that_a_worker_lacks_is_one_sentence() -> None:
    course = Path("/srv/class")
    here = Sight("left", versions(), True)
    blind = Sight("left", versions(), False)
    old = Sight("left", (("DuckDB", "1.9.0"), *versions()[2:]), True)
    away = Sight("right", versions(), True)
    assert find_worker_problems(course, here, {"a": here}, is_file=True) == ()
    assert find_worker_problems(course, here, {"a": away}, is_file=False) == ()

    def said(worker: Sight | BaseException) -> str:
        [problem] = find_worker_problems(course, here, {"tcp://w:1": worker}, is_file=True)
        return str(problem)

    assert said(blind).startswith("tcp://w:1: it does not see /srv/class; ")
    assert f"it has DuckDB 1.9.0, not {dict(versions())['DuckDB']}; " in said(old)
    assert "it is on right, and the gradebook is a file" in said(away)
    assert "does not run the course's code: No module named" in said(
        ModuleNotFoundError("No module named 'course_lib'")
    )


def test_a_cluster_and_a_number_of_local_workers_are_not_both_asked_for(
    course: ClassFolder,
) -> None:
    said = updown_grade(course, LESSON, "--scheduler", "tcp://h:1", "--jobs", "2", code=2)
    assert "leave out --jobs or --scheduler" in said


def test_without_dask_it_says_what_to_install(course: ClassFolder) -> None:
    code = (
        "import sys; sys.modules['distributed'] = None\n"
        "from course_lib.cli import main\n"
        f"sys.exit(main(['class', 'grade', '{LESSON}', '--scheduler', 'tcp://h:1']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=course.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "pip install 'up-and-down[dask]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1
