"""A roster: what is read of it, and each fault with its line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.classroom.roster import COLUMNS, Learner, read_roster


def roster(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "roster.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_columns_are_found_by_name_as_spreadsheets_save_them(tmp_path: Path) -> None:
    path = roster(tmp_path, '\ufeffsection,lms_user_id,id\r\n1," 77 ",ada\r\n"a\nb",,x@y.z\r\n')
    assert read_roster(path).learners == (Learner("ada", lms_user_id="77"), Learner("x@y.z"))


def test_commas_at_the_end_of_a_line_hold_nothing(tmp_path: Path) -> None:
    path = roster(tmp_path, "id,last_name,,\nada,B,,,,\n")
    assert read_roster(path).learners == (Learner("ada", "B"),)


def test_no_file_is_an_empty_roster(tmp_path: Path) -> None:
    assert read_roster(tmp_path / "none.csv").learners == ()
    assert read_roster(tmp_path / "none.csv").problems == ()


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("", 1, "names no column id"),
        ("name\nada\n", 1, "names no column id"),
        ("id;name\nada;A\n", 1, "stand between semicolons"),
        ("id,last_name,email\nada,B,a@b\nd,Davis, Jr.,d@b\n", 3, "4 values, and the first line"),
        ('id,last_name\nada,"B, C",,d\n', 2, "4 values, and the first line names 2 columns"),
        ("id\nada\n\n../ada\n", 4, "'../ada' is no id"),
        ("id,email\nada,a\n,b\n", 3, "'' is no id"),
        ("id\nada\ngrace\nADA\n", 4, "the id ADA is on line 2 too"),
        ("id,lms_user_id\nada,7\ngrace,7\n", 3, "the LMS id 7 is on line 2 too"),
        (f"id,email\nada,{'x' * 200}\n", 2, "longer than 128"),
        ('id,email\nada,"open\n', 2, "no CSV"),
        (b"id,last_name\nada,\xff\n", None, "not UTF-8"),
    ],
)
def test_a_fault_is_told_with_its_line(
    tmp_path: Path, content: str | bytes, line: int | None, what: str
) -> None:
    read = read_roster(roster(tmp_path, content))
    assert read.learners == ()
    (problem,) = read.problems
    assert what in problem.what
    if line is not None:
        assert problem.where.endswith(f"roster.csv, line {line}")


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), max_size=20).map(
    str.strip
)
_LEARNERS = st.lists(
    st.builds(Learner, st.from_regex(r"[a-z0-9][a-z0-9.@_-]{0,30}", fullmatch=True), *[_TEXT] * 3),
    unique_by=lambda one: one.id,
    max_size=8,
)


@given(_LEARNERS)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, learners: list[Learner]
) -> None:
    path = tmp_path_factory.mktemp("roster") / "roster.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        rows.writerows([getattr(one, name) for name in COLUMNS] for one in learners)
    assert read_roster(path).learners == tuple(learners)


@given(st.binary(max_size=200))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("roster") / "roster.csv"
    path.write_bytes(content)
    read = read_roster(path)
    assert not (read.learners and read.problems)
