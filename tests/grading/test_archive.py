"""Zips that learners send: their work is taken, and nothing else that a zip can hold."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from course_lib.cli import main
from tests.grading.submissions import LESSON, NOTEBOOK


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "class" / "release" / LESSON).mkdir(parents=True)
    (tmp_path / "class" / "secret.txt").write_text("the secret")
    return tmp_path / "class"


def zipped(course: Path, *entries: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    path = course.parent / "work.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def take(course: Path, path: Path, student: str = "ada") -> int:
    return main(["course", "take", student, str(path), "--course", str(course)])


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def test_work_is_put_where_nbgrader_looks_for_it(course: Path) -> None:
    quiz = f"{LESSON}/answers/quiz-adding-a-column.jsonl"
    path = zipped(course, (f"{LESSON}/{NOTEBOOK}", b"{}"), (quiz, b"[]\n"))
    assert take(course, path) == 0
    folder = course / "submitted" / "ada"
    found = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    assert found == [f"{LESSON}/{NOTEBOOK}", quiz]


@pytest.mark.parametrize(
    "entry",
    [
        "../../secret.txt",
        f"{LESSON}/../../../secret.txt",
        "/etc/secret.txt",
        f"{LESSON}/x.html",
        f"{LESSON}/duckdb.py",
        f"{LESSON}/timestamp.txt",
        link(f"{LESSON}/{NOTEBOOK}"),
        link(LESSON),
        link(f"{LESSON}/answers"),
    ],
)
def test_everything_else_is_refused_and_the_work_is_taken(
    course: Path, entry: zipfile.ZipInfo | str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = f"{LESSON}/02-other.ipynb"
    path = zipped(course, (entry, b"../../../secret.txt"), (other, b"{}"))
    assert take(course, path) == 1
    assert "was left out: " in capsys.readouterr().out
    assert (course / "secret.txt").read_text() == "the secret"
    made = [p.relative_to(course.parent).as_posix() for p in course.parent.rglob("*")]
    assert not [name for name in made if (course.parent / name).is_symlink()]
    assert sorted(name for name in made if (course.parent / name).is_file()) == [
        "class/secret.txt",
        f"class/submitted/ada/{other}",
        "work.zip",
    ]


def test_a_zip_of_the_whole_course_is_taken_as_far_as_it_was_released(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`updown pack` packs every lesson; the others are named in one line, and nothing is wrong."""
    others = [(f"0{number}-another/0{number}-another.ipynb", b"{}") for number in (9, 5, 5)]
    path = zipped(course, *dict(others).items(), (f"{LESSON}/{NOTEBOOK}", b"{}"))
    assert take(course, path) == 0
    assert capsys.readouterr().out == (
        "ada: 1 file taken, 0 were there already.\n"
        "Left out, since these lessons were not released: 05-another, 09-another.\n"
        "ada is not on the roster.\n"
    )
    assert [one.name for one in (course / "submitted/ada").iterdir()] == [LESSON]


def test_who_is_on_the_roster_is_not_told_to_be_missing(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / "roster.csv").write_text("id,last_name\nada,Lovelace\n")
    work = (f"{LESSON}/{NOTEBOOK}", b"{}")
    assert take(course, zipped(course, work)) == 0
    assert "roster" not in capsys.readouterr().out
    assert take(course, zipped(course, work, (f"{LESSON}/x.html", b"")), "adda") == 1
    said = capsys.readouterr().out
    assert f"'{LESSON}/x.html' was left out: it is not a lesson's notebook" in said
    assert "adda is not on the roster.\n" in said


def test_a_bomb_does_not_go_off(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bomb = [(f"{LESSON}/{number}.ipynb", bytes(60 << 20)) for number in range(6)]
    path = zipped(course, *bomb)
    assert path.stat().st_size < 1 << 20
    assert take(course, path) == 1
    assert "holds more than it may" in capsys.readouterr().out
    size = sum(p.stat().st_size for p in (course / "submitted").rglob("*") if p.is_file())
    assert size <= 256 << 20


@pytest.mark.parametrize("student", ["../ada", "", ".", "a/b", "a\0b", "x y"])
def test_a_name_that_leads_elsewhere_is_refused(course: Path, student: str) -> None:
    path = zipped(course, (f"{LESSON}/{NOTEBOOK}", b"{}"))
    assert take(course, path, student) == 1
    assert not (course / "submitted").exists()


def test_outside_a_course_folder_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(tmp_path, tmp_path / "work.zip") == 1
    assert "after `updown class release`" in capsys.readouterr().err
