"""What the names in a folder come to: entries, their order, and checksums that never change."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.migrations import read_folder
from course_lib.migrations.source import name_of_file, parse_migration

from .test_formats import write

SELECT = "SELECT 1;\n"
SHAPES = ["{}.sql", "{}.up.sql", "{}/migration.sql", "{}.py"]
TEXTS = {"{}.py": "operations = [run_sql('SELECT 1')]\n"}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 10**15 - 1), st.integers(0, 3), st.sampled_from(SHAPES)),
        min_size=1,
        max_size=6,
        unique_by=lambda drawn: drawn[0],
    )
)
def test_the_order_is_that_of_the_numbers_whatever_zeros_and_formats(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[int, int, str]]
) -> None:
    names = {number: f"{'0' * zeros}{number}_x" for number, zeros, _ in drawn}
    files = {
        shape.format(names[number]): TEXTS.get(shape, SELECT).encode() for number, _, shape in drawn
    }
    found = read_folder(write(tmp_path_factory.mktemp("x"), dict(files)))
    assert found.problems == ()
    assert [m.name for m in found.migrations] == [names[number] for number in sorted(names)]


def test_one_name_in_every_format_is_one_problem_that_names_them_all(tmp_path: Path) -> None:
    python = TEXTS["{}.py"]
    files = {shape.format("001_x"): python if "py" in shape else SELECT for shape in SHAPES}
    folder = write(tmp_path, dict(files))
    (problem,) = read_folder(folder).problems
    assert problem.kind == "duplicate-number"
    told = f"{problem.where} {problem.what}"
    assert all(name in told for name in ("001_x.sql", "001_x.up.sql", "001_x.py"))
    assert re.search(r"\b001_x( and|,| have)", told)


@pytest.mark.parametrize(
    "file", ["1_x.sql", "1_x.py", "1_x.up.sql", "1_x/migration.sql", "1_x/down.sql", "1_x.down.sql"]
)
def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path, file: str) -> None:
    files = {f"{file}/keep": ""}
    if "down" in file:
        files[file.replace("x.down", "x.up").replace("/down", "/migration")] = SELECT
    folder = write(tmp_path, dict(files))
    (problem,) = read_folder(folder).problems
    assert (problem.kind, problem.where) == ("unreadable", str(folder / file))
    assert "directory" in problem.what.lower()


@pytest.mark.parametrize("file", ["1_x.up.sql", "1_x/down.sql", "1_x.py"])
def test_bytes_that_are_not_utf_8_are_told_with_their_line(tmp_path: Path, file: str) -> None:
    files: dict[str, str | bytes] = {file: b"\n\xff"}
    if "down" in file:
        files["1_x/migration.sql"] = SELECT
    folder = write(tmp_path, files)
    (problem,) = read_folder(folder).problems
    assert (problem.kind, problem.where) == ("encoding", f"{folder / file}, line 2")


def sha(text: str) -> str:
    return f"v1:{hashlib.sha256(text.encode()).hexdigest()}"


def test_a_ledger_of_today_knows_its_files_tomorrow(tmp_path: Path) -> None:
    """The text of the page of formats, taken by hand: another sum would call all files edited."""
    sections = "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n"
    python = TEXTS["{}.py"]
    files = {
        "1_a.sql": sections.replace("\n", " \r\n"),
        "2_b.up.sql": "\ufeffSELECT 1;\n\n",
        "2_b.down.sql": "SELECT 2;",
        "3_c/migration.sql": "SELECT 1;",
        "3_c/down.sql": "SELECT 2;\r\n",
        "4_d.sql": "SELECT 1;\t\n",
        "5_e.py": python,
    }
    found = read_folder(write(tmp_path, dict(files)))
    assert found.problems == ()
    pair = sha("SELECT 1;\n\0SELECT 2;\n")
    expected = [sha(sections), pair, pair, sha("SELECT 1;\n"), sha(python)]
    assert [m.checksum for m in found.migrations] == expected
    assert expected[0] == ("v1:77feb01458ace166fd358f2d713a3d1e4b2634d8d67cf38782857f1c891c83b0")


def test_what_moves_from_the_up_to_the_down_changes_the_checksum(tmp_path: Path) -> None:
    one = {"1_x.up.sql": "SELECT 1;\nSELECT 2;\n", "1_x.down.sql": "SELECT 3;\n"}
    two = {"1_x.up.sql": "SELECT 1;\n", "1_x.down.sql": "SELECT 2;\nSELECT 3;\n"}
    sums = {
        read_folder(write(tmp_path / str(i), dict(f))).migrations[0].checksum
        for i, f in enumerate((one, two))
    }
    assert len(sums) == 2


@pytest.mark.parametrize("shape", [*SHAPES, "{}.down.sql", "{}/down.sql"])
def test_every_file_of_a_migration_has_the_name_of_the_migration(shape: str) -> None:
    assert name_of_file(f"migrations/{shape.format('002_größe')}") == "002_größe"


def test_a_text_without_markers_is_a_plain_file_in_a_folder_and_a_problem_in_a_cell(
    tmp_path: Path,
) -> None:
    assert read_folder(write(tmp_path, {"1_x.sql": SELECT})).problems == ()
    parsed = parse_migration(SELECT, "1_x.sql")
    assert parsed.migration is None and [p.kind for p in parsed.problems] == ["no-up"]


# What would be lost, or made, without a word.
LOST: dict[str, dict[str, str]] = {
    "both sections in the up of a pair": {
        "1_x.up.sql": f"-- migrate:up\n{SELECT}-- migrate:down\n{SELECT}"
    },
    "both sections in a migration.sql": {
        "1_x/migration.sql": f"-- migrate:up\n{SELECT}-- migrate:down\n{SELECT}"
    },
    "a folder whose name has a hyphen": {"1_add-users/migration.sql": SELECT},
    "a folder of too many digits": {f"{10**18}_x/migration.sql": SELECT},
    "an ending in capitals": {"1_X.SQL": SELECT},
    "operations += [...]": {"1_x.py": f"{TEXTS['{}.py']}operations += [run_sql('SELECT 2')]\n"},
    "operations.append(...)": {
        "1_x.py": f"{TEXTS['{}.py']}operations.append(run_sql('SELECT 2'))\n"
    },
    "an operation in an if": {"1_x.py": f"{TEXTS['{}.py']}if True:\n    operations = []\n"},
    "an up that yields": {"1_x.py": "def up(db):\n    yield db.execute('SELECT 1')\n"},
}


@pytest.mark.parametrize("name", LOST)
def test_nothing_that_looks_like_a_migration_is_lost_without_a_word(
    tmp_path: Path, name: str
) -> None:
    assert read_folder(write(tmp_path, dict(LOST[name]))).problems != ()


# Arguments of run_sql that are no SQL.
BROKEN = ["5", "None", "b'x'", "[1]", "'SELECT 1', reverse=5", r"'\udc80'", "-" * 2000 + "1"]


@pytest.mark.parametrize("argument", BROKEN, ids=[value[:20] for value in BROKEN])
def test_an_argument_of_another_kind_is_a_problem(tmp_path: Path, argument: str) -> None:
    found = read_folder(write(tmp_path, {"1_x.py": f"operations = [run_sql({argument})]"}))
    assert [problem.kind for problem in found.problems] == ["operation"]
