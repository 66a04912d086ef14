"""Names as people give them: scripts, accents, times, cases, and what is no file at all."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from course_lib.migrations import Plan, Problem, make_plan, new_migration, read_folder
from course_lib.migrations.source import name_of_file

from .databases import sections
from .test_formats import write

SQL = sections("SELECT 1")
CAFE = unicodedata.normalize("NFD", "001_café")


@pytest.mark.parametrize(
    "words", ["हिन्दी", "ไทย้", "عربي\u200dة", "größe", "ключ", "日本語", CAFE[4:]]
)
@pytest.mark.parametrize("shape", ["{}.sql", "{}.up.sql", "{}/migration.sql", "{}.py"])
def test_words_of_every_script_make_a_name(tmp_path: Path, words: str, shape: str) -> None:
    text = "def up(db): pass\ndef down(db): pass\n" if "py" in shape else "SELECT 1;"
    folder = write(tmp_path, {shape.format(f"001_{words}"): text})
    found = read_folder(folder)
    assert found.problems == ()
    assert [m.name for m in found.migrations] == [unicodedata.normalize("NFC", f"001_{words}")]


def test_an_accent_apart_from_its_letter_is_no_other_name(tmp_path: Path) -> None:
    folder = write(tmp_path, {f"{CAFE}.sql": SQL})
    (migration,) = read_folder(folder).migrations
    assert migration.name == "001_café" == name_of_file(f"{CAFE}.sql")
    for typed in (CAFE, "001_café"):
        assert isinstance(make_plan(read_folder(folder), (), "up", to=typed), Plan)


@pytest.mark.parametrize("name", ["001_a b", "001_a\u200bb", "001_a\u202eb", "001_", "001_a-b"])
def test_what_cannot_be_seen_in_a_name_is_told(tmp_path: Path, name: str) -> None:
    (problem,) = read_folder(write(tmp_path, {f"{name}.sql": SQL})).problems
    assert problem.kind == "name"


def test_a_name_of_bytes_that_are_no_text_is_told(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/004_\xff.sql"
    try:
        Path(os.fsdecode(path)).write_text(SQL)
    except OSError:
        pytest.skip("the file system takes text alone")
    (problem,) = read_folder(tmp_path).problems
    assert problem.kind == "name"


def test_the_ending_in_capitals_is_told_as_that(tmp_path: Path) -> None:
    (problem,) = read_folder(write(tmp_path, {"001_a.SQL": SQL})).problems
    assert "ends in .SQL, and only .sql is read" in str(problem)


def test_two_names_that_differ_in_case_alone_have_one_number(tmp_path: Path) -> None:
    folder = write(tmp_path, {"001_a.sql": SQL, "001_A.sql": SQL})
    if len(list(folder.iterdir())) < 2:
        pytest.skip("the file system takes both for one")
    (problem,) = read_folder(folder).problems
    assert "001_A.sql has the number 1 too" in str(problem)


def test_three_of_one_number_are_named_in_one_sentence(tmp_path: Path) -> None:
    folder = write(tmp_path, {f"001_{name}.sql": SQL for name in "abc"})
    (problem,) = read_folder(folder).problems
    assert "001_a.sql and 001_b.sql have the number 1 too" in str(problem)


@pytest.mark.parametrize(
    "names",
    [
        ["1_a", "2_b", "10_c"],
        ["001_a", "02_b", "3_c"],
        ["003_a", "20261124093000_b", "20261201000000_c"],
        ["20261124_a", "20261125_b"],
        # No times: nobody means the month 99.
        ["20269924_a", "20261124093000_b"],
    ],
)
def test_numbers_and_times_come_in_the_order_that_people_mean(
    tmp_path: Path, names: list[str]
) -> None:
    found = read_folder(write(tmp_path, {f"{name}.sql": SQL for name in names}))
    assert ([m.name for m in found.migrations], found.problems) == (names, ())


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("20261124093000_a", "202612010900_b"), ("202611240930_a", "20261201_b")],
)
def test_times_of_different_lengths_that_would_change_places_are_refused(
    tmp_path: Path, earlier: str, later: str
) -> None:
    folder = write(tmp_path, {f"{earlier}.sql": SQL, f"{later}.sql": SQL})
    (problem,) = read_folder(folder).problems
    assert problem.kind == "mixed-times" and problem.file.endswith(f"{earlier}.sql")
    assert later in problem.what and "same number of digits" in problem.next_step


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.txt").write_text(SQL)
    folder = write(tmp_path, {"002_b.sql": SQL})
    (folder / "001_a.sql").symlink_to(tmp_path / "elsewhere.txt")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/migration.sql").write_text("SELECT 1;")
    (folder / "003_c").symlink_to(tmp_path / "other")
    found = read_folder(folder)
    assert [m.name for m in found.migrations] == ["001_a", "002_b", "003_c"]
    assert found.problems == ()


def test_a_link_to_nothing_and_a_link_to_itself_are_told(tmp_path: Path) -> None:
    folder = tmp_path
    (folder / "001_a.sql").symlink_to("nowhere")
    (folder / "002_b.sql").symlink_to("002_b.sql")
    assert [p.kind for p in read_folder(folder).problems] == ["unreadable", "unreadable"]


@pytest.mark.timeout(20)
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "001_a.sql")
    (problem,) = read_folder(tmp_path).problems
    assert "no plain file" in str(problem)


@pytest.mark.parametrize(
    ("code", "imported"),
    [
        ("import helper", "helper"),
        ("from helper import f", "helper"),
        ("def up(db):\n    import helper.more\n", "helper.more"),
        ("from . import other", ".other"),
        ("from .helper import f", ".helper"),
        ("import package", "package"),
    ],
)
def test_a_python_migration_that_imports_a_neighbour_is_told(
    tmp_path: Path, code: str, imported: str
) -> None:
    files = {"_x.py": "", "001_a.py": f"{code}\ndef up(db): pass\ndef down(db): pass\n"}
    folder = write(tmp_path, {**files, "package/__init__.py": ""})
    (folder / "helper.py").write_text("")
    problems = [p for p in read_folder(folder).problems if p.kind == "neighbour"]
    (problem,) = problems
    assert f"imports {imported} from its own folder" in problem.what


def test_a_python_migration_may_import_what_is_installed(tmp_path: Path) -> None:
    text = "import json, duckdb\nfrom pathlib import Path\ndef up(db): pass\ndef down(db): pass\n"
    assert read_folder(write(tmp_path, {"001_a.py": text})).problems == ()


def test_new_passes_over_the_number_of_a_lone_down(tmp_path: Path) -> None:
    folder = write(tmp_path, {"001_a.down.sql": "SELECT 1;"})
    made = new_migration(folder, "a", "pair")
    assert isinstance(made, Path) and made.name == "002_a.up.sql"


@pytest.mark.parametrize("format", ["sections", "pair", "folder", "python"])
@pytest.mark.parametrize("words", ["x" * 260, "é" * 125, "x" * 245])
def test_new_refuses_a_name_that_no_file_can_have(tmp_path: Path, format: str, words: str) -> None:
    made = new_migration(tmp_path / "m", words, format)  # type: ignore[arg-type]
    if isinstance(made, Path):
        assert len(os.fsencode(made.name)) <= 255
        return
    assert isinstance(made, Problem) and "255 bytes" in str(made) and len(str(made)) < 200
    assert not any((tmp_path / "m").iterdir())


def test_new_says_so_where_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file/inner"):
        made = new_migration(folder, "a")
        assert isinstance(made, Problem) and made.kind == "not-made"
