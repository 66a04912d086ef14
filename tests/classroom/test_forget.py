"""`updown class forget`: nothing of a learner is left in a class's folder and its gradebook, and
everything of the others is as it was."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from course_lib.classroom import forget
from course_lib.classroom.course_folder import open_course
from course_lib.classroom.grading_run import last_unfinished, new_run, under_way
from course_lib.classroom.roster import read_roster
from course_lib.classroom.students import enter_students
from course_lib.grading.lock import locked
from tests.classroom.class_course import names_below
from tests.classroom.graded_class import (
    CHECK,
    LESSON,
    RIGHT,
    WRONG,
    gradebook_of,
    hand_in,
    open_short_class,
    run_command,
)
from tests.grading.class_folder import ClassFolder
from tests.grading.submissions import answer, edit_notebook

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(900),
]
ID = "qz-ada.7"
NEEDLES = ("qz-ada.7", "Adalina", "Quillfeather", "adalina@quill.example")
OTHERS = ("grace", "qz-ada.71", "lin")
ROSTER = """\
id,last_name,first_name,email,room
grace,Hopper,Grace,grace@example.org,"a ""room""
with a line end"
qz-ada.7,Quillfeather,Adalina,adalina@quill.example,12
qz-ada.71,Other,Somebody,,13
lin,Łukasiewicz,Lin,,
"""


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassFolder]:
    """A class in which all commands were used, on work that came in every way."""
    with open_short_class(tmp_path_factory.mktemp("forget")) as course:
        folder, say = course.folder, course.terminal.run
        (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
        enter_students(open_course(folder), read_roster(folder / "roster.csv").learners)
        say(f"updown class release {LESSON} --due 2020-01-01T00:00")
        _submit(course, ID, RIGHT)
        _submit(course, "grace", WRONG)
        say(f"updown class collect {LESSON}")
        for student in ("qz-ada.71", "lin"):
            hand_in(course, student, RIGHT)
        say(f"updown class extend {LESSON} {ID} grace --days 2")
        say(f"updown class grade {LESSON}")
        say(f"updown class feedback {LESSON}")
        with gradebook_of(course) as gradebook:
            for student in (ID, "grace"):
                notebook = gradebook.find_submission_notebook(LESSON, LESSON, student)
                notebook.comments[0].manual_comment = f"Well done, {student}"
            gradebook.db.commit()
        # Submitted again, from the exchange and from an LMS: what was there before is kept.
        _submit(course, ID, WRONG)
        say(f"updown class collect {LESSON}")
        say(f"updown class grade {LESSON}")
        say(f"updown class feedback {LESSON}")
        again = folder.parent / "again" / f"{ID}.ipynb"
        again.parent.mkdir()
        shutil.copy(folder / "submitted" / "lin" / LESSON / course.notebook, again)
        say(f"updown class collect {LESSON} --from {again.parent}")
        for options in ("", "--for requirements", "--for canvas", "--for moodle"):
            say(f"updown class export {options}")
        say("nbgrader export")
        say("updown class insight")
        (folder / "insight" / "stuck.csv").write_text(f"learner\n{ID}\n", encoding="utf-8")
        kept = folder / "earlier" / "20260101T000000000000Z"
        kept.mkdir(parents=True, exist_ok=True)
        (kept / "roster.csv").write_text(ROSTER, encoding="utf-8")
        (folder / ".grading" / "log.txt").write_text(f"2026-01-01 1 WARNING {ID}: cut short\n")
        copies = folder / ".ipynb_checkpoints"
        copies.mkdir()
        (copies / "roster-checkpoint.csv").write_text(ROSTER, encoding="utf-8")
        yield course


@pytest.fixture
def course(used: ClassFolder, tmp_path: Path) -> Iterator[ClassFolder]:
    """That class; what a test does to it is undone."""
    shutil.copytree(used.folder, tmp_path / "before", symlinks=True)
    yield used
    shutil.rmtree(used.folder)
    shutil.copytree(tmp_path / "before", used.folder, symlinks=True)


def _submit(course: ClassFolder, student: str, text: str) -> None:
    """Through the exchange, with nbgrader's own command."""
    own = course.folder.parent / "at-home" / student
    shutil.rmtree(own, ignore_errors=True)
    shutil.copytree(course.folder / "release" / LESSON, own / LESSON)
    edit_notebook(own / LESSON / course.notebook, answer(text, f"{CHECK}-answer"))
    exchange = f"--course=up-and-down --Exchange.root={course.folder / 'exchange'}"
    course.terminal.run(f"cd {own}")
    course.terminal.run(f"nbgrader submit {LESSON} {exchange} --student={student}")
    course.terminal.run(f"cd {course.folder}")


def run(course: ClassFolder, *words: str, code: int = 0) -> str:
    """`updown class forget` in the class's folder; what it said."""
    return run_command(course, "forget", *words, code=code)


def what_names_them(course: ClassFolder) -> list[str]:
    """Every path and file of the class that holds the id, a name or the address."""
    found = []
    for path in sorted(course.folder.rglob("*")):
        name = path.relative_to(course.folder).as_posix()
        content = path.read_bytes() if path.is_file() else b""
        for needle in NEEDLES:
            text = (name.encode() + b"\n" + content).replace(b"qz-ada.71", b"")
            if needle.encode().lower() in text.lower():
                found.append(f"{name}: {needle}")
    return found


def rows_of_others(course: ClassFolder) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the gradebook, without those of the learner."""
    with sqlite3.connect(course.folder / "gradebook.db") as con:
        listed = con.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        mine = {ID}
        for table, column in (
            ("submitted_assignment", "student_id"),
            ("submitted_notebook", "assignment_id"),
            ("grade", "notebook_id"),
            ("comment", "notebook_id"),
        ):
            rows = con.execute(f"SELECT id, {column} FROM {table}").fetchall()
            mine |= {row[0] for row in rows if row[1] in mine}
        return {
            table: sorted(
                (row for row in con.execute(f"SELECT * FROM {table}") if not mine & set(row)),
                key=repr,
            )
            for (table,) in listed
        }


def files_of_others(course: ClassFolder) -> dict[str, bytes]:
    folder = course.folder
    return {
        name: content
        for name, content in names_below(folder).items()
        if any(f"/{student}/" in name or f"/{student}+" in name for student in OTHERS)
        or name.startswith(("source/", "release/", "specs/", "secret", "nbgrader_config"))
    }


def test_nothing_is_left_of_the_learner_and_everything_of_the_others(course: ClassFolder) -> None:
    pages = course.folder / "exchange" / "up-and-down" / "feedback"
    before = len(list(pages.iterdir()))
    places = what_names_them(course)
    for place in (
        "submitted",
        "autograded",
        "feedback",
        "earlier",
        "exchange",
        "insight",
        "marks-",
    ):
        assert any(one.startswith(place) for one in places), place
    rows, files = rows_of_others(course), files_of_others(course)
    said = run(course, ID, "--yes")
    assert what_names_them(course) == []
    assert rows_of_others(course) == rows
    assert files_of_others(course) == files
    # The page of each submission of theirs, also of the one that newer work took the place of.
    assert len(list(pages.iterdir())) == before - 2 == 1
    assert "the gradebook: 1 submission" in said and "1 comment" in said
    assert f"Deleted. The class keeps nothing of {ID}." in said
    assert (course.folder / "roster.csv").read_text(encoding="utf-8") == ROSTER.replace(
        "qz-ada.7,Quillfeather,Adalina,adalina@quill.example,12\n", ""
    )
    # The others' week goes on.
    assert "0 graded, 3 unchanged" in course.terminal.run(f"updown class grade {LESSON}")
    course.terminal.run(f"updown class feedback {LESSON}")
    course.terminal.run("updown class insight")
    course.terminal.run("updown class doctor")
    assert what_names_them(course) == []


def test_who_is_forgotten_is_unknown(course: ClassFolder) -> None:
    run(course, ID, "--yes")
    for unknown in (ID, "nobody", "..", "", "submitted/grace", "*"):
        before = names_below(course.folder)
        assert "there is no such learner" in run(course, unknown, "--yes", code=1)
        assert names_below(course.folder) == before


def test_without_yes_it_says_what_it_would_delete(course: ClassFolder) -> None:
    before = names_below(course.folder)
    said = run(course, ID, code=1)
    assert f"submitted/{ID}: " in said and "roster.csv: 1 line" in said
    assert "nothing was deleted" in said and "--yes" in said
    told = json.loads(run(course, ID, "--json", code=1))
    assert told["deleted"] is False and told["gradebook"]["submissions"] == 1
    assert names_below(course.folder) == before


@pytest.mark.parametrize(("said", "deleted"), [("y\n", True), ("\n", False), ("", False)])
def test_at_a_terminal_it_asks(course: ClassFolder, said: str, deleted: bool) -> None:
    terminal = io.StringIO(said)
    with (
        mock.patch.object(terminal, "isatty", return_value=True),
        mock.patch.object(sys, "stdin", terminal),
    ):
        told = run(course, ID)
    assert "It cannot be undone" in told
    assert (what_names_them(course) == []) == deleted
    assert ("Nothing was deleted." in told) != deleted


@pytest.mark.parametrize("step", ["first", "middle", "gradebook", "lists"])
def test_an_interrupted_run_is_done_again(course: ClassFolder, step: str) -> None:
    rows, real, calls = rows_of_others(course), forget._remove, 0

    def remove(path: Path) -> object:
        nonlocal calls
        calls += 1
        if calls == {"first": 2, "middle": 8}[step]:
            raise KeyboardInterrupt
        return real(path)

    place = {"gradebook": "_leave_gradebook", "lists": "drop_lines"}.get(step, "_remove")
    stop = remove if place == "_remove" else mock.Mock(side_effect=KeyboardInterrupt)
    with mock.patch.object(forget, place, stop):
        assert "run it again" in run(course, ID, "--yes", code=130)
    assert what_names_them(course) != []
    run(course, ID, "--yes")
    assert what_names_them(course) == []
    assert rows_of_others(course) == rows


def test_what_a_person_put_there_is_named_and_stays(course: ClassFolder) -> None:
    notes = course.folder / "notes.txt"
    notes.write_text("Talk to Adalina Quillfeather on Monday.\n")
    backup = course.folder / "gradebook.db.2026-01-01"
    shutil.copy(course.folder / "gradebook.db", backup)
    (course.folder / "others.txt").write_text("qz-ada.71 and Adalina Somebody\n")
    said = run(course, ID, "--yes", code=1)
    assert "notes.txt" in said and backup.name in said and "others.txt" not in said
    assert "Deleted, except what is named here." in said
    assert notes.exists() and backup.exists()


@pytest.mark.parametrize("held", [f"locks/{LESSON}/{ID}", "unfinished/1-a.lock", "runs/1.json"])
def test_while_somebody_grades_nothing_is_deleted(course: ClassFolder, held: str) -> None:
    with locked(course.folder / ".grading" / held):
        before = names_below(course.folder)
        assert "is being graded" in run(course, ID, "--yes", code=1)
        assert names_below(course.folder) == before
    with locked(course.folder / ".grading" / "locks" / LESSON / "grace"):
        run(course, ID, "--yes")


def test_a_stopped_run_goes_on_without_them(course: ClassFolder) -> None:
    def stop(*students: str) -> None:
        given = new_run([LESSON], students, anew=True)
        with contextlib.suppress(KeyboardInterrupt), under_way(course.folder, given):
            raise KeyboardInterrupt

    stop(ID, "grace")
    stop(ID)
    run(course, ID, "--yes")
    left = last_unfinished(course.folder)
    assert left is not None and left.students == ("grace",)


def test_what_may_not_be_deleted_is_named_and_the_rest_is_gone(course: ClassFolder) -> None:
    """Work in the exchange belongs to the learner's account."""

    def refuse(path: str | Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    real = shutil.rmtree

    def rmtree(path: Path, **more: bool) -> None:
        (refuse if "inbound" in path.parts else real)(path, **more)

    with mock.patch.object(forget.shutil, "rmtree", rmtree):
        said = run(course, ID, "--yes", code=1)
    assert "it cannot be deleted: Permission denied" in said
    assert {one.split("/")[0] for one in what_names_them(course)} == {"exchange"}
    run(course, ID, "--yes")
    assert what_names_them(course) == []


def test_a_roster_that_is_no_csv_is_refused(course: ClassFolder) -> None:
    roster = course.folder / "roster.csv"
    roster.write_text('id,last_name\nqz-ada.7,"Quill\n')
    before = names_below(course.folder)
    assert "roster.csv" in run(course, ID, "--yes", code=1)
    assert names_below(course.folder) == before
