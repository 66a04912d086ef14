"""`updown verify` finds what does not agree, says each finding in a sentence, and never writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from .project import FIRST, PHONE, answer_of, make_project, sql, updown, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = make_project(tmp_path, ("001_make_users.sql", FIRST), ("002_add_phone.sql", PHONE))
    assert updown(made, "up").returncode == 0
    return made


def test_a_database_that_its_files_made_is_well_and_stays_as_it_is(project: Path) -> None:
    before = (project / "shop.duckdb").read_bytes()
    verified = updown(project, "verify")
    assert (verified.returncode, verified.stderr) == (0, "")
    assert verified.stdout == "Files, ledger and schema agree.\n"
    assert (project / "shop.duckdb").read_bytes() == before
    assert {path.name for path in project.iterdir()} == {"shop.duckdb", "migrations"}


def test_a_pending_file_is_no_finding(project: Path) -> None:
    write(project, "003_make_t.sql", FIRST.replace("users", "t"))
    assert updown(project, "verify").returncode == 0


def test_an_edited_file_is_found_and_drift_is_then_not_guessed(project: Path) -> None:
    write(project, "002_add_phone.sql", PHONE.replace("VARCHAR", "INTEGER"))
    verified = updown(project, "verify")
    assert verified.returncode == 1
    assert verified.stderr.splitlines() == [
        "migrations/002_add_phone.sql: its file is not the one that was applied; put the text back"
        " and write a new migration."
    ]
    assert "Drift was not looked for: 002_add_phone: there is no file" in verified.stdout


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("002_add_phone.sql", None, "missing"),
        ("002_add_phone.sql", "-- migrate:up\nALTER TABEL;\n", "edited"),
        ("000_before.sql", PHONE, "late"),
        ("002_again.sql", PHONE, "duplicate-number"),
        ("003_broken.sql", "-- migrate:up\nALTER TABEL;\n", "syntax"),
    ],
)
def test_each_kind_of_finding_is_one_problem(
    project: Path, name: str, text: str | None, kind: str
) -> None:
    if text is None:
        (project / "migrations" / name).unlink()
    else:
        write(project, name, text)
    problems = answer_of(project, "verify", code=1)["problems"]
    assert [problem["kind"] for problem in problems] == [kind]


def test_drift_is_told_as_what_is_and_what_the_history_makes(project: Path) -> None:
    sql(project, "ALTER TABLE users ALTER phone SET DEFAULT 'none'")
    sql(project, "ALTER TABLE users DROP COLUMN name")
    sql(project, "CREATE VIEW names AS SELECT id FROM users")
    found = answer_of(project, "verify", code=1)
    assert found["drift"] == "found"
    told = {problem["where"]: problem["what"] for problem in found["problems"]}
    assert told.keys() == {"column users.phone", "column users.name", "view names"}
    assert "default 'none'; the applied migrations make it VARCHAR" in told["column users.phone"]
    assert told["column users.name"].startswith("it is not there and the applied migrations")
    assert told["view names"].endswith("and no applied migration makes it")


def test_a_history_on_a_schema_that_was_there_is_replayed_on_it(tmp_path: Path) -> None:
    project = make_project(tmp_path, ("002_add_phone.sql", PHONE))
    sql(project, "CREATE TABLE users (id INTEGER)")
    sql(project, "CREATE TABLE old (id INTEGER)")
    assert updown(project, "up").returncode == 0
    found = answer_of(project, "verify")
    assert (found["drift"], found["problems"], found["reason"]) == ("none", [], None)
    assert updown(project, "diff").stdout == "No difference.\n"
    sql(project, "DROP TABLE old")
    sql(project, "CREATE TABLE new (id INTEGER)")
    told = {p["where"]: p["what"] for p in answer_of(project, "verify", code=1)["problems"]}
    assert told.keys() == {"table old", "table new"}
    assert "the schema from before them and the applied migrations make it" in told["table old"]
    assert "no applied migration makes it" in told["table new"]


def test_a_ledger_without_a_start_cannot_replay_such_a_history_and_says_so(tmp_path: Path) -> None:
    project = make_project(tmp_path, ("002_add_phone.sql", PHONE))
    sql(project, "CREATE TABLE users (id INTEGER)")
    assert updown(project, "up").returncode == 0
    # As an engine of format 1 left it.
    sql(project, "DROP TABLE updown.start; UPDATE updown.format SET version = 1")
    found = answer_of(project, "verify")
    assert (found["drift"], found["problems"]) == ("not looked for", [])
    assert "002_add_phone.sql, line 2: replayed from nothing" in found["reason"]
    assert "begin on a schema that no migration makes" in found["reason"]


def test_a_history_that_writes_a_file_does_not_write_it_again(tmp_path: Path) -> None:
    text = FIRST.replace("\n-- migrate:down", "\nCOPY users TO 'out.csv';\n-- migrate:down")
    project = make_project(tmp_path, ("001_make_users.sql", text))
    assert updown(project, "up").returncode == 0
    (project / "out.csv").unlink()
    found = answer_of(project, "verify")
    assert found["drift"] == "not looked for"
    assert "reaches outside of the database" in found["reason"]
    assert not (project / "out.csv").exists()


def test_sql_that_spells_out_the_database_or_says_use_is_replayed(tmp_path: Path) -> None:
    text = FIRST.replace("CREATE TABLE users", "CREATE SCHEMA s; USE s; CREATE TABLE shop.s.users")
    project = make_project(
        tmp_path,
        ("001_make_users.sql", text.replace("DROP TABLE users", "DROP SCHEMA s CASCADE")),
        ("002_make_t.sql", FIRST.replace("users", "t")),
    )
    assert updown(project, "up").returncode == 0
    assert answer_of(project, "verify")["drift"] == "none"


def test_a_database_without_history_has_no_drift(tmp_path: Path) -> None:
    project = make_project(tmp_path, ("002_add_phone.sql", PHONE))
    sql(project, "CREATE TABLE users (id INTEGER)")
    found = answer_of(project, "verify")
    assert found == {
        "drift": "not looked for",
        "reason": "no migration is applied.",
        "problems": [],
    }


def test_review_begins_on_the_schema_of_a_database_that_is_named(tmp_path: Path) -> None:
    project = make_project(tmp_path, ("002_add_phone.sql", PHONE))
    sql(project, "CREATE TABLE users (id INTEGER)")
    assert "not-run-in-memory" in updown(project, "review").stdout
    sql(project, "CREATE MACRO f(a, b := 2) AS a")
    before = (project / "shop.duckdb").read_bytes()
    assert updown(project, "review", "--database", "shop.duckdb").stdout == "Nothing to look at.\n"
    assert (project / "shop.duckdb").read_bytes() == before
    assert "there is no database" in updown(project, "review", "--database", "none.duckdb").stderr


def test_a_schema_may_be_called_like_the_database(tmp_path: Path) -> None:
    inside = "-- migrate:up\nCREATE SCHEMA shop;\nCREATE TABLE shop.shop.t (i INTEGER);\n"
    beside = "-- migrate:up\nCREATE TABLE t (i INTEGER);\n"
    project = make_project(
        tmp_path,
        ("001_inside.sql", f"{inside}-- migrate:down\nDROP SCHEMA shop.shop CASCADE;\n"),
        ("002_beside.sql", f"{beside}-- migrate:down\nDROP TABLE t;\n"),
    )
    for command in ("up", "verify", "review"):
        done = updown(project, command)
        assert done.returncode == 0, done.stderr
