"""Each format from one end to the other, as a terminal runs it: up, status, verify, plan, down."""

from __future__ import annotations

from pathlib import Path

import pytest

from .project import USERS, answer_of, make_project, sql, updown

UP = f"{USERS};\nINSERT INTO users VALUES (1, 'a;b');\n"
DOWN = "DROP TABLE users;\n"
FUNCTIONS = f'''
def up(db):
    """Make the users."""
    db.execute("""{UP}""")

def down(db):
    db.execute("{DOWN.strip()}")
'''
FORMATS: dict[str, dict[str, str]] = {
    "sections": {"001_users.sql": f"-- migrate:up\n{UP}-- migrate:down\n{DOWN}"},
    "pair": {"001_users.up.sql": UP, "001_users.down.sql": DOWN},
    "folder": {"001_users/migration.sql": UP, "001_users/down.sql": DOWN},
    "functions": {"001_users.py": FUNCTIONS},
    "operations": {"001_users.py": f'operations = [run_sql("""{UP}""", "{DOWN.strip()}")]\n'},
}
ONE_WAY: dict[str, dict[str, str]] = {
    "bare": {"001_users.sql": UP},
    "pair": {"001_users.up.sql": UP},
    "folder": {"001_users/migration.sql": UP},
    "functions": {"001_users.py": FUNCTIONS.partition("def down")[0]},
    "declared": {"001_users.sql": f"-- migrate:up\n{UP}-- migrate:irreversible it is new\n"},
}


def project(folder: Path, files: dict[str, str]) -> Path:
    made = make_project(folder)
    for name, text in files.items():
        path = made / "migrations" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return made


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_goes_up_agrees_with_its_files_and_comes_down(tmp_path: Path, name: str) -> None:
    made = project(tmp_path, FORMATS[name])
    (planned,) = answer_of(made, "plan")["migrations"]
    assert (planned["name"], planned["reversible"]) == ("001_users", True)
    assert all(step["line"] > 0 and step["sql"] for step in planned["steps"])
    assert "001_users applied" in updown(made, "up").stdout
    assert sql(made, "FROM users") == [(1, "a;b")]
    (status,) = answer_of(made, "status")["migrations"]
    assert (status["name"], status["state"]) == ("001_users", "applied")
    assert answer_of(made, "verify") == {"drift": "none", "reason": None, "problems": []}
    (done,) = answer_of(made, "down")["done"]
    assert (done["name"], done["direction"]) == ("001_users", "down")
    assert sql(made, "SELECT table_name FROM duckdb_tables() WHERE table_name = 'users'") == []


@pytest.mark.parametrize("name", ONE_WAY)
def test_without_a_down_the_plan_says_so_and_a_down_is_refused(tmp_path: Path, name: str) -> None:
    made = project(tmp_path, ONE_WAY[name])
    assert "no way back: " in updown(made, "plan").stdout
    assert answer_of(made, "plan")["migrations"][0]["reversible"] is False
    assert updown(made, "up").returncode == 0
    (problem,) = answer_of(made, "down", code=1)["problems"]
    assert problem["kind"] == "irreversible" and problem["what"].startswith("it has no down: ")
    assert "a new migration that goes forward" in problem["next_step"]
    assert sql(made, "FROM users") == [(1, "a;b")]
    assert answer_of(made, "verify")["problems"] == []


@pytest.mark.parametrize("name", ["pair", "folder"])
def test_an_edited_down_beside_an_applied_up_is_an_edited_migration(
    tmp_path: Path, name: str
) -> None:
    made = project(tmp_path, FORMATS[name])
    assert updown(made, "up").returncode == 0
    down = made / "migrations" / list(FORMATS[name])[1]
    down.write_text("DROP TABLE IF EXISTS users;\n")
    assert answer_of(made, "status")["migrations"][0]["state"] == "edited"
    assert [p["kind"] for p in answer_of(made, "down", code=1)["problems"]] == ["edited"]
    down.write_text(DOWN)
    assert updown(made, "down").returncode == 0


@pytest.mark.parametrize(
    ("format", "files"),
    [
        ("sections", ["002_add_phone.sql"]),
        ("bare", ["002_add_phone.sql"]),
        ("pair", ["002_add_phone.up.sql", "002_add_phone.down.sql"]),
        ("folder", ["002_add_phone/migration.sql", "002_add_phone/down.sql"]),
        ("python", ["002_add_phone.py"]),
    ],
)
def test_new_writes_the_format_that_is_asked_for_and_overwrites_nothing(
    tmp_path: Path, format: str, files: list[str]
) -> None:
    made = project(tmp_path, FORMATS["sections"])
    told = updown(made, "new", "--format", format, "add", "phone")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == f"{Path('migrations') / files[0]}\n"
    folder = made / "migrations"
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert found == {"001_users.sql", *files}
    assert (folder / "001_users.sql").read_text() == FORMATS["sections"]["001_users.sql"]


def test_the_baseline_of_a_schema_that_was_there_is_irreversible(tmp_path: Path) -> None:
    made = make_project(tmp_path)
    sql(made, UP)
    assert updown(made, "baseline", "--name", "001_what_was_there").returncode == 0
    (problem,) = answer_of(made, "down", code=1)["problems"]
    assert problem["kind"] == "irreversible"
    assert "it was there before the first migration" in problem["what"]
    assert sql(made, "FROM users") == [(1, "a;b")]
