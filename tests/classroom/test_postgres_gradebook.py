"""The gradebook on a real PostgreSQL server: made, looked at, graded into, by two at once, and
exported; and a server that is not there gets a sentence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import create_engine, inspect
from sqlalchemy import text as sql

from course_lib.grading.class_file import read_choices
from tests.classroom.class_course import ROSTER, updown_class
from tests.classroom.graded_class import (
    CHECK,
    LESSON,
    RIGHT,
    WRONG,
    grade,
    hand_in,
    points_of,
    start_grading,
)
from tests.grading.class_folder import ROOT, ClassFolder
from tests.lone_lesson import copy_lesson
from tests.nbgrader_commands import open_terminal
from tests.postgres_server import PostgresServer, find_or_install, running_server

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(900),
]
NOWHERE = "postgresql:///marks?host=/nowhere&user=nobody"
STUDENTS = tuple(f"s{number}" for number in range(6))


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    programs = find_or_install()
    if programs is None:
        why = "no PostgreSQL could be found or installed"
        # A run that decides has to have one.
        assert os.environ.get("CI", "").lower() not in ("1", "true"), why
        pytest.skip(why)
    with running_server(programs) as server:
        yield server


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    copy_lesson(LESSON, folder / "lessons")
    shutil.copytree(ROOT / "etc", folder / "etc")
    return folder


@pytest.fixture(scope="module")
def url(server: PostgresServer) -> str:
    return server.create_database("kept")


@pytest.fixture(scope="module")
def course(
    checkout: Path, url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ClassFolder]:
    base = tmp_path_factory.mktemp("class")
    (base / "learners.csv").write_text(ROSTER, encoding="utf-8")
    more = ("--roster", base / "learners.csv", "--no-exchange", "--gradebook", url)
    assert updown_class(checkout, "new", base / "class", *more) == 0
    with open_terminal(base / "class", base) as terminal:
        terminal.run(f"nbgrader generate_assignment {LESSON}")
        yield ClassFolder(base / "class", terminal, LESSON, CHECK)


def automatic_points(url: str) -> dict[str, float | None]:
    with Gradebook(url, "up-and-down") as gradebook:
        return {
            submission.student.id: gradebook.find_grade(
                CHECK, LESSON, LESSON, submission.student.id
            ).auto_score
            for submission in gradebook.assignment_submissions(LESSON)
        }


def test_a_new_class_keeps_its_marks_on_the_server_and_is_well(
    course: ClassFolder, checkout: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read_choices(course.folder).gradebook == url
    assert not (course.folder / "gradebook.db").exists()
    with Gradebook(url, "up-and-down") as gradebook:
        assert {student.id for student in gradebook.students} == {"ada", "grace", "lin"}
    capsys.readouterr()
    assert updown_class(checkout, "doctor", course.folder, "--json") == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [one for one in findings if "gradebook" in one["kind"]] == []
    # What is chosen stays chosen.
    assert updown_class(checkout, "new", course.folder) == 0
    assert read_choices(course.folder).gradebook == url


def test_our_grading_nbgraders_own_and_a_mark_by_hand_live_together(
    course: ClassFolder, url: str
) -> None:
    hand_in(course, "ada", RIGHT)
    hand_in(course, "grace", WRONG)
    assert grade(course)["graded"] == 2
    ours = automatic_points(url)
    assert ours == {"ada": points_of(course, RIGHT), "grace": points_of(course, WRONG)}
    course.autograde("--force")
    assert automatic_points(url) == ours
    with Gradebook(url, "up-and-down") as gradebook:
        gradebook.find_grade(CHECK, LESSON, LESSON, "grace").manual_score = 1.5
        gradebook.db.commit()
    assert grade(course)["graded"] == 2  # nbgrader removed the stamps
    assert grade(course)["graded"] == 0
    with Gradebook(url, "up-and-down") as gradebook:
        found = gradebook.find_grade(CHECK, LESSON, LESSON, "grace")
        assert (found.auto_score, found.score) == (ours["grace"], 1.5)
    marks = course.marks()
    assert marks["ada"] == ours["ada"] and marks["grace"] == 1.5 and marks["lin"] == 0
    course.give_feedback()
    assert "1.5" in course.feedback_words("grace")


def test_two_runs_at_once_lose_no_mark(course: ClassFolder, url: str) -> None:
    for number, student in enumerate(STUDENTS):
        hand_in(course, student, RIGHT if number % 2 else WRONG)
    runs = [start_grading(course, "--jobs", "2", "--all") for _ in range(2)]
    for run in runs:
        said = run.communicate()
        assert run.returncode == 0, said
    right, wrong = points_of(course, RIGHT), points_of(course, WRONG)
    truth = {student: right if n % 2 else wrong for n, student in enumerate(STUDENTS)}
    found = automatic_points(url)
    assert {student: found[student] for student in STUDENTS} == truth


def test_nothing_of_a_forgotten_learner_is_in_the_database(course: ClassFolder, url: str) -> None:
    hand_in(course, "ada", RIGHT)
    grade(course, "--student", "ada")
    before = {one: points for one, points in automatic_points(url).items() if one != "ada"}
    assert updown_class(course.folder, "forget", "ada", "--yes") == 0
    assert automatic_points(url) == before
    with create_engine(url).connect() as con:
        for table in inspect(con).get_table_names():
            rows = con.execute(sql(f'SELECT * FROM "{table}"')).fetchall()
            found = [row for row in rows if {"ada", "Lovelace", "ada@example.org"} & set(row)]
            assert found == [], table
        orphans = """
            SELECT count(*) FROM grade LEFT JOIN submitted_notebook AS n
            ON n.id = grade.notebook_id WHERE n.id IS NULL"""
        assert con.execute(sql(orphans)).scalar() == 0


def test_the_commands_of_the_page_make_such_a_class(
    checkout: Path, server: PostgresServer, tmp_path: Path
) -> None:
    text = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    section = text.partition("## Past one machine\n")[2]
    make, install, new = section.partition("```sh\n")[2].partition("```")[0].splitlines()
    assert install == "pip install '.[postgresql]'"
    server.run("createuser", "--createdb", "teacher")
    program, *words = make.replace("db.example.org", str(server.socket)).split()
    subprocess.run([server.programs / program, *words], check=True)
    where = new.replace("db.example.org/marks", f"/marks?host={server.socket}")
    _, _, command, folder, *more = where.split()
    folder = folder.replace("~", str(tmp_path))
    assert updown_class(checkout, command, folder, *more) == 0
    with Gradebook(read_choices(Path(folder)).gradebook, "up-and-down") as gradebook:
        assert gradebook.students == []


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (NOWHERE, "the server does not let this account in"),
        ("postgresql://ada:secret@localhost/marks", "class.toml is no place for one"),
        ("mysql://localhost/marks", "nbgrader keeps marks in SQLite or PostgreSQL here"),
        ("marks", "this is no URL of a database"),
        ("postgresql://localhost", "it names no database"),
    ],
)
def test_a_gradebook_that_cannot_be_is_refused_before_a_file_is_written(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], chosen: str, said: str
) -> None:
    assert updown_class(checkout, "new", tmp_path / "class", "--gradebook", chosen) == 1
    told = capsys.readouterr()
    assert said in told.err and "secret" not in told.err + told.out
    assert not (tmp_path / "class").exists()


def test_a_server_that_is_gone_gets_one_sentence_from_each_command(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "class"
    assert updown_class(checkout, "new", folder, "--no-exchange") == 0
    (folder / "class.toml").write_text(f'exchange = ""\ngradebook = "{NOWHERE}"\n')
    capsys.readouterr()
    for command in (
        ("doctor", folder),
        ("new", folder),
        ("grade", LESSON, "--course", folder),
        ("collect", LESSON, "--course", folder),
        ("insight", "--course", folder),
    ):
        assert updown_class(checkout, *command) == 1, command
        told = capsys.readouterr()
        said = told.out + told.err
        assert said.count("the server does not let this account in") == 1, command
        assert "Traceback" not in said
