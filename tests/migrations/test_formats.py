"""Each format gives the migration that its files say, in the order that people mean."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.migrations import (
    Plan,
    Refused,
    make_plan,
    read_applied,
    read_folder,
    read_schema,
    run_plan,
)
from course_lib.migrations.new import new_migration

UP = "CREATE TABLE users (id INTEGER, name VARCHAR DEFAULT 'a;b');\n"
DOWN = "DROP TABLE users;\n"
PYTHON = f'''
def up(db):
    """Make the users."""
    db.execute("""{UP}""")

def down(db):
    db.execute("{DOWN.strip()}")
'''
LIST = f'operations = [run_sql("""{UP}""", reverse="{DOWN.strip()}")]\n'

FORMATS: dict[str, dict[str, str]] = {
    "sections": {"001_users.sql": f"-- migrate:up\n{UP}-- migrate:down\n{DOWN}"},
    "pair": {"001_users.up.sql": UP, "001_users.down.sql": DOWN},
    "folder": {"001_users/migration.sql": UP, "001_users/down.sql": DOWN},
    "functions": {"001_users.py": PYTHON},
    "operations": {"001_users.py": LIST},
}
ONE_WAY: dict[str, tuple[dict[str, str], str]] = {
    "bare": ({"001_users.sql": UP}, "a plain file has an up and nothing else"),
    "pair": ({"001_users.up.sql": UP}, "there is no .down.sql file beside it"),
    "folder": ({"001_users/migration.sql": UP}, "there is no down.sql beside its migration.sql"),
    "functions": ({"001_users.py": PYTHON.partition("def down")[0]}, "no function down(db)"),
    "operations": (
        {"001_users.py": f'operations = [run_sql("""{UP}""")]'},
        "no SQL is given that takes it back",
    ),
    "sections": (
        {"001_users.sql": f"-- migrate:up\n{UP}-- migrate:irreversible all is new\n"},
        "all is new",
    ),
}


def write(path: Path, files: dict[str, str | bytes]) -> Path:
    folder = path / "migrations"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        content = text if isinstance(text, bytes) else text.encode()
        (folder / name).write_bytes(content)
    return folder


def planned(con: duckdb.DuckDBPyConnection, folder: Path, direction: str) -> Plan | Refused:
    way = "up" if direction == "up" else "down"
    return make_plan(read_folder(folder), read_applied(con), way)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FORMATS)
def test_up_and_down_do_what_the_files_say(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path, dict(FORMATS[name]))
    found = read_folder(folder)
    assert found.problems == () and [m.name for m in found.migrations] == ["001_users"]
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        before = read_schema(con)
        up = planned(con, folder, "up")
        assert isinstance(up, Plan) and up.items[0].reversible
        assert run_plan(con, up).failure is None
        con.execute("INSERT INTO users (id) VALUES (1)")
        assert con.execute("SELECT name FROM users").fetchall() == [("a;b",)]
        down = planned(con, folder, "down")
        assert isinstance(down, Plan)
        assert run_plan(con, down).failure is None
        assert read_schema(con) == before and read_applied(con) == ()


@pytest.mark.parametrize("name", ONE_WAY)
def test_what_has_no_down_goes_up_and_is_refused_on_the_way_back(tmp_path: Path, name: str) -> None:
    files, reason = ONE_WAY[name]
    folder = write(tmp_path, dict(files))
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        up = planned(con, folder, "up")
        assert isinstance(up, Plan) and not up.items[0].reversible
        assert run_plan(con, up).failure is None
        refused = planned(con, folder, "down")
        assert isinstance(refused, Refused)
        (problem,) = refused.problems
        assert problem.kind == "irreversible" and reason in problem.what
        assert "goes forward" in problem.next_step
        assert con.execute("SELECT count(*) FROM users").fetchall() == [(0,)]


@pytest.mark.parametrize("name", FORMATS)
def test_line_ends_byte_order_mark_and_blanks_at_the_end_change_no_checksum(
    tmp_path: Path, name: str
) -> None:
    as_windows = {
        file: b"\xef\xbb\xbf" + text.replace("\n", "  \r\n").encode()
        for file, text in FORMATS[name].items()
    }
    plain = read_folder(write(tmp_path / "a", dict(FORMATS[name])))
    windows = read_folder(write(tmp_path / "b", dict(as_windows)))
    assert windows.problems == ()
    assert [m.checksum for m in plain.migrations] == [m.checksum for m in windows.migrations]
    for file in FORMATS[name]:
        changed = dict(FORMATS[name]) | {file: FORMATS[name][file].replace("users", "people")}
        edited = read_folder(write(tmp_path / file, dict(changed)))
        assert edited.migrations[0].checksum != plain.migrations[0].checksum, file


def test_formats_may_be_mixed_and_numbers_sort_as_people_mean_them(tmp_path: Path) -> None:
    table = "CREATE TABLE t{} (i INTEGER);"
    files: dict[str, str | bytes] = {
        "10_ten.sql": table.format(10),
        "9_nine.up.sql": table.format(9),
        "9_nine.down.sql": "DROP TABLE t9;",
        "002_two/migration.sql": table.format(2),
        "20261124093000_time/migration.sql": table.format(2026),
        "0011_größe.py": f'operations = [run_sql("{table.format(11)}")]',
        "_helper.py": "broken(",
        "__init__.py": "",
        "migration_lock.toml": "provider = 'duckdb'",
        "README.md": "# Migrations",
        "notes/keep.txt": "",
    }
    found = read_folder(write(tmp_path, files))
    assert found.problems == ()
    assert [m.name for m in found.migrations] == [
        "002_two",
        "9_nine",
        "10_ten",
        "0011_größe",
        "20261124093000_time",
    ]


# What is in the folder -> the kind of the problem, its place, words of its sentence
WRONG: dict[str, tuple[dict[str, str], str, str, str]] = {
    "a down alone": (
        {"001_x.down.sql": "SELECT 1;"},
        "no-up",
        "001_x.down.sql",
        "no 001_x.up.sql beside it",
    ),
    "an empty folder": ({"001_x/notes.md": ""}, "no-up", "001_x/migration.sql", "no migration.sql"),
    "an empty up": ({"001_x.up.sql": "-- later"}, "empty", "001_x.up.sql, line 1", "no statement"),
    "an empty down": (
        {"001_x.up.sql": "SELECT 1;", "001_x.down.sql": ""},
        "empty",
        "001_x.down.sql, line 1",
        "no statement",
    ),
    "an empty file": ({"001_x.sql": ""}, "empty", "001_x.sql, line 1", "no statement"),
    "SQL that cannot be read": (
        {"001_x.up.sql": "SELECT 1;", "001_x.down.sql": "SELECT 1;\n\nSELEKT;"},
        "syntax",
        "001_x.down.sql, line 3",
        "SELEKT",
    ),
    "own transaction": (
        {"001_x.up.sql": "SELECT 1;\nCOMMIT;"},
        "own-transaction",
        "001_x.up.sql, line 2",
        "COMMIT",
    ),
    "a pair and a plain file of one number": (
        {"001_x.up.sql": "SELECT 1;", "001_y.sql": "SELECT 2;"},
        "duplicate-number",
        "001_y.sql, line 1",
        "001_x.up.sql has the number 1 too",
    ),
    "a folder and a Python file of one number": (
        {"1_x/migration.sql": "SELECT 1;", "001_y.py": "operations = [run_sql('SELECT 1')]"},
        "duplicate-number",
        "1_x/migration.sql, line 1",
        "001_y.py has the number 1 too",
    ),
    "a name without a number": ({"x.py": "def up(db): ..."}, "name", "x.py", "number and words"),
    "no reason": (
        {"001_x.sql": "-- migrate:up\nSELECT 1;\n-- migrate:irreversible\n"},
        "marker",
        "001_x.sql, line 3",
        "gives no reason",
    ),
    "irreversible and a down": (
        {"001_x.sql": "-- migrate:up\nSELECT 1;\n-- migrate:down\n-- migrate:irreversible x\n"},
        "marker",
        "001_x.sql, line 4",
        "has a down and says that it is irreversible",
    ),
    "SQL below irreversible": (
        {"001_x.sql": "-- migrate:up\nSELECT 1;\n-- migrate:irreversible x\n\nSELECT 2;"},
        "outside",
        "001_x.sql, line 5",
        "below `-- migrate:irreversible`",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_a_sentence_with_its_place(tmp_path: Path, name: str) -> None:
    files, kind, where, words = WRONG[name]
    folder = write(tmp_path, dict(files))
    (problem,) = read_folder(folder).problems
    assert (problem.kind, problem.where) == (kind, str(folder / where))
    assert words in problem.what and problem.next_step


def test_a_file_of_a_pair_that_cannot_be_read_makes_its_migration_edited(tmp_path: Path) -> None:
    folder = write(tmp_path, dict(FORMATS["pair"]))
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        up = planned(con, folder, "up")
        assert isinstance(up, Plan) and run_plan(con, up).failure is None
        (folder / "001_users.down.sql").write_text("DROP TABEL users;")
        refused = planned(con, folder, "up")
        assert isinstance(refused, Refused)
        assert refused.problems[0].where == f"{folder / '001_users.down.sql'}, line 1"


def test_a_failing_down_of_a_pair_names_the_file_of_the_down(tmp_path: Path) -> None:
    folder = write(tmp_path, {"1_x.up.sql": UP, "1_x.down.sql": "SELECT 1;\nDROP TABLE nobody;"})
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        up = planned(con, folder, "up")
        assert isinstance(up, Plan) and run_plan(con, up).failure is None
        down = planned(con, folder, "down")
        assert isinstance(down, Plan)
        assert f"{folder / '1_x.down.sql'}, line 2: step 2 of 2" in str(run_plan(con, down).failure)


@pytest.mark.parametrize("name", ["sections", "pair", "folder", "python", "bare"])
def test_a_new_migration_has_the_format_of_the_newest(tmp_path: Path, name: str) -> None:
    files = {**FORMATS, "python": FORMATS["functions"], "bare": ONE_WAY["bare"][0]}[name]
    folder = write(tmp_path, dict(files))
    path = new_migration(folder, "add a phone")
    assert isinstance(path, Path)
    made = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    expected = [file.replace("001_users", "002_add_a_phone") for file in files]
    assert made == sorted([*files, *expected])
    assert path == folder / expected[0]


def test_a_new_migration_after_a_time_has_the_time_as_its_number(tmp_path: Path) -> None:
    folder = write(tmp_path, {"20200101000000_old/migration.sql": UP})
    path = new_migration(folder, "next")
    assert isinstance(path, Path) and path.parent.parent == folder
    number = path.parent.name.partition("_")[0]
    assert len(number) == 14 and number > "20200101000000"


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab'\"$;-/* \n\\é"), max_size=40))
def test_a_string_with_anything_in_it_is_one_value_in_every_format(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    literal = "'" + text.replace("'", "''") + "'"
    comment = "/* a /* nested */ comment; */"
    up = f"CREATE TABLE t (v VARCHAR); {comment}\nINSERT INTO t VALUES ({literal});"
    for files in (
        {"1_x.sql": f"-- migrate:up\n{up}\n-- migrate:irreversible it is a test"},
        {"1_x.sql": up},
        {"1_x.up.sql": up},
        {"1_x/migration.sql": up},
        {"1_x.py": f"operations = [run_sql({up!r})]"},
    ):
        folder = write(tmp_path_factory.mktemp("x"), dict(files))
        found = read_folder(folder)
        assert found.problems == ()
        assert [step.kind for step in found.migrations[0].up] == ["CREATE", "INSERT"]
        with duckdb.connect() as con:
            for step in found.migrations[0].up:
                con.execute(step.sql)
            assert con.execute("SELECT v FROM t").fetchall() == [(text,)]
