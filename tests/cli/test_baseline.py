"""`updown baseline` adopts a database without history, and refuses a baseline that is not true."""

from __future__ import annotations

from pathlib import Path

import pytest

from .project import FIRST, PHONE, USERS, answer_of, make_project, sql, state, updown, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A database that has what `001` makes, and rows, but no ledger."""
    made = make_project(tmp_path, ("001_make_users.sql", FIRST), ("002_add_phone.sql", PHONE))
    sql(made, f"{USERS}; INSERT INTO users VALUES (1, 'Ada')")
    return made


def test_files_up_to_the_named_one_are_recorded_and_not_run(project: Path) -> None:
    recorded = updown(project, "baseline", "--to", "001_make_users")
    assert (recorded.returncode, recorded.stderr) == (0, "")
    assert "Recorded as applied, without running it: 001_make_users." in recorded.stdout
    assert sql(project, "SELECT * FROM users") == [(1, "Ada")]
    (event,) = answer_of(project, "log")["events"]
    assert (event["name"], event["direction"], event["guard"]) == (
        "001_make_users",
        "baseline",
        "baseline",
    )
    assert updown(project, "up").stdout.startswith("002_add_phone applied")
    assert answer_of(project, "verify")["drift"] == "none"


def test_a_schema_that_the_files_do_not_make_is_refused_with_each_difference(project: Path) -> None:
    before = state(project)
    found = answer_of(project, "baseline", "--to", "2", code=1)
    (problem,) = found["problems"]
    assert (problem["kind"], problem["where"]) == ("differs", "column users.phone")
    assert problem["what"].startswith("the database has: not there; the files make: VARCHAR")
    assert "--accept-differences" in problem["next_step"]
    assert state(project) == before


def test_differences_can_be_accepted_and_are_told(project: Path) -> None:
    found = answer_of(project, "baseline", "--to", "2", "--accept-differences")
    assert found["recorded"] == ["001_make_users", "002_add_phone"]
    assert [problem["where"] for problem in found["accepted"]] == ["column users.phone"]
    assert answer_of(project, "verify", code=1)["drift"] == "found"


def test_a_database_with_history_is_refused_even_if_differences_are_accepted(
    project: Path,
) -> None:
    updown(project, "baseline", "--to", "1")
    before = state(project)
    refused = updown(project, "baseline", "--to", "2", "--accept-differences")
    assert refused.returncode == 1
    assert "shop: its ledger has 001_make_users as the newest applied" in refused.stderr
    assert state(project) == before


def test_a_name_that_no_file_has_is_refused(project: Path) -> None:
    refused = updown(project, "baseline", "--to", "003_nothing")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "no migration is called 003_nothing" in refused.stderr


def test_the_schema_can_be_written_as_the_first_migration(project: Path) -> None:
    for file in (project / "migrations").iterdir():
        file.unlink()
    sql(project, "CREATE TYPE mood AS ENUM ('glad', 'sad')")
    sql(project, "CREATE SEQUENCE ids; CREATE MACRO next_id() AS nextval('ids')")
    sql(project, "CREATE TABLE notes (id INTEGER DEFAULT next_id(), user_id INTEGER, m mood)")
    sql(project, "CREATE VIEW names AS SELECT name FROM users; CREATE INDEX by_user ON notes (m)")
    sql(project, "COMMENT ON COLUMN users.name IS 'it''s -- a name; yes'")
    assert updown(project, "baseline", "--name", "001_what_was_there").returncode == 0
    assert updown(project, "status").returncode == 0
    assert answer_of(project, "verify") == {"drift": "none", "reason": None, "problems": []}
    write(project, "002_add_phone.sql", PHONE)
    assert updown(project, "up").returncode == 0
    assert updown(project, "down").returncode == 0
    last = updown(project, "down")
    assert (last.returncode, last.stdout) == (1, "")
    assert sql(project, "SELECT * FROM users") == [(1, "Ada")]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("what_was_there", "it is not a number and words"),
        ("001_what_was_there", "the folder has a migration with the number 1"),
        ("../000_x", "it is not a number and words"),
    ],
)
def test_a_name_that_cannot_come_first_is_refused(project: Path, name: str, said: str) -> None:
    refused = updown(project, "baseline", "--name", name)
    assert refused.returncode == 1
    assert said in refused.stderr
    assert len(list((project / "migrations").iterdir())) == 2


def test_an_empty_database_has_nothing_to_adopt(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    refused = updown(project, "baseline", "--name", "001_nothing")
    assert refused.returncode == 1
    assert "the database is empty" in refused.stderr
    assert list((project / "migrations").iterdir()) == []


@pytest.mark.parametrize(
    "options", [[], ["--to", "1", "--name", "000_x"], ["--name", "000_x", "--accept-differences"]]
)
def test_options_that_clash_are_usage(project: Path, options: list[str]) -> None:
    assert updown(project, "baseline", *options).returncode == 2


def test_a_down_of_what_was_there_names_the_down_that_stops_above_it(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    sql(project, "CREATE TABLE users (id INTEGER)")
    assert updown(project, "baseline", "--name", "001_there").returncode == 0
    write(project, "002_add_phone.sql", PHONE)
    assert updown(project, "up").returncode == 0
    refused = updown(project, "down", "0")
    assert refused.returncode == 1
    assert "leave it; `down 001_there` takes back what came after it" in refused.stderr
    assert "taken back" in updown(project, "down", "001_there").stdout
    assert updown(project, "status").stdout.splitlines()[0].split()[1] == "applied"
