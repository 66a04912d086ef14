"""`updown class collect --student ID`: what one learner sent, under whatever name."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course_lib.notebook.pack import pack
from tests.classroom.class_course import LESSON, names_below, updown_class
from tests.classroom.incoming_work import NOTEBOOK, RECORD, link, submitted, zipped

OTHER = "05-going-back"
SENT = (f"{LESSON}/{NOTEBOOK}", b"of ada")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system")


def take(folder: Path, *places: Path, student: str = "ada", lessons: tuple[str, ...] = ()) -> int:
    """`updown class collect` of the learner's files; its exit code."""
    named = [word for place in places for word in ("--from", str(place))]
    arguments = ("--course", folder, "--student", student, *named)
    code = updown_class(folder.parent, "collect", *(lessons or (LESSON,)), *arguments)
    assert not [*folder.glob(".collect-*")]
    return code


def test_what_pack_made_is_put_where_nbgrader_looks_for_it(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The very zip of `updown pack`, whose name says nothing of its owner."""
    notebooks = tmp_path / "notebooks"
    for name in (NOTEBOOK, "answers/quiz-adding-a-column.jsonl", "migrations/001_a.sql"):
        path = notebooks / LESSON / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"ada's {name}")
    (notebooks / "00-start.ipynb").write_text("{}")
    sent = pack(notebooks)
    assert sent.name.startswith("my-work-")
    assert take(ready, sent) == 0
    assert sorted(submitted(ready)) == sorted(
        [f"ada/{LESSON}/{NOTEBOOK}", f"ada/{RECORD}", f"ada/{LESSON}/migrations/001_a.sql"]
    )
    assert f"{LESSON}: 1 taken, 0 there already.\n" in capsys.readouterr().out
    assert take(ready, sent) == 0
    assert f"{LESSON}: 0 taken, 1 there already.\n" in capsys.readouterr().out


def test_a_notebook_of_any_name_is_the_lessons(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "homework.ipynb").write_text("of ada")
    (tmp_path / "grace.ipynb").write_text("named for somebody else")
    assert take(ready, tmp_path / "homework.ipynb") == 0
    assert f"'homework.ipynb' was taken as {NOTEBOOK}." in capsys.readouterr().out
    assert submitted(ready) == {f"ada/{LESSON}/{NOTEBOOK}": b"of ada"}
    assert take(ready, tmp_path / "grace.ipynb") == 0
    assert submitted(ready) == {f"ada/{LESSON}/{NOTEBOOK}": b"named for somebody else"}


def test_a_zip_of_several_lessons_is_taken_apart(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Gradebook(f"sqlite:///{ready / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment(OTHER)
    sent = zipped(
        tmp_path / "x.zip",
        SENT,
        (f"{OTHER}/{OTHER}.ipynb", b"of ada too"),
        ("09-another/09-another.ipynb", b"that nobody asked for"),
        (f"{LESSON}/x.html", b""),
    )
    assert take(ready, sent, lessons=(LESSON, OTHER, LESSON)) == 1
    told = capsys.readouterr()
    assert f"{LESSON}: 1 taken" in told.out and f"{OTHER}: 1 taken" in told.out
    assert told.err == (
        f"x.zip: {LESSON}/x.html: it was left out: it is not a lesson's notebook, answer or"
        " migration; see to it by hand.\n"
    )
    assert sorted(submitted(ready)) == [f"ada/{LESSON}/{NOTEBOOK}", f"ada/{OTHER}/{OTHER}.ipynb"]


def test_what_does_not_say_of_which_lesson_it_is_needs_one_lesson(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "homework.ipynb").write_text("of ada")
    assert take(ready, tmp_path / "homework.ipynb", lessons=(LESSON, OTHER)) == 2
    assert "Name one lesson" in capsys.readouterr().err
    assert updown_class(ready, "collect", LESSON, "--student", "ada") == 2
    assert "Say with --from PATH what is theirs" in capsys.readouterr().err
    assert not (ready / "submitted").exists()


@pytest.mark.parametrize("student", ["adda", "../ada", "", ".", "a/b", "x y"])
def test_who_is_not_in_the_class_is_refused(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], student: str
) -> None:
    """A slip in the id would make a learner of its own, or a folder elsewhere."""
    before = names_below(ready)
    assert take(ready, zipped(tmp_path / "ada.zip", SENT), student=student) == 1
    assert "nobody of the class has this id; mend it, or write" in capsys.readouterr().err
    assert names_below(ready) == before


@pytest.mark.parametrize(
    "entry",
    [
        "../../secret.txt",
        f"{LESSON}/../../../secret.txt",
        "/etc/secret.txt",
        f"{LESSON}/x.html",
        f"{LESSON}/duckdb.py",
        f"{LESSON}/timestamp.txt",
        link(f"{LESSON}/other.ipynb"),
        link(LESSON),
        link(f"{LESSON}/answers"),
    ],
)
def test_everything_else_is_left_out_and_the_work_is_taken(
    ready: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    entry: zipfile.ZipInfo | str,
) -> None:
    before = names_below(ready)
    sent = zipped(tmp_path / "x.zip", (entry, b"../../../secret.txt"), SENT)
    assert take(ready, sent) == 1
    assert capsys.readouterr().err.count("it was left out: ") == 1
    assert not [path for path in tmp_path.rglob("*") if path.is_symlink()]
    made = {f"submitted/ada/{LESSON}/{NOTEBOOK}": b"of ada"}
    assert names_below(ready) == {**before, **made}


def test_a_bomb_does_not_go_off(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bomb = [(f"{LESSON}/{number}.ipynb", bytes(60 << 20)) for number in range(6)]
    sent = zipped(tmp_path / "x.zip", SENT, *bomb)
    assert sent.stat().st_size < 1 << 20
    assert take(ready, sent) == 1
    assert "holds more than it may" in capsys.readouterr().err
    assert sum(map(len, submitted(ready).values())) <= 256 << 20
