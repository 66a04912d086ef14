"""`updown diff` names each difference as object, is, expected, and compares meanings, not texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from .project import FIRST, PHONE, answer_of, make_project, sql, updown, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = make_project(tmp_path, ("001_make_users.sql", FIRST), ("002_add_phone.sql", PHONE))
    assert updown(made, "up").returncode == 0
    return made


def test_two_databases_that_mean_the_same_have_no_difference(project: Path) -> None:
    # A key at the end of the table, another case, and no ledger.
    sql(project, "CREATE TABLE Users (ID INT, name TEXT, phone TEXT, PRIMARY KEY (ID))", "b.duckdb")
    same = updown(project, "diff", "shop.duckdb", "b.duckdb")
    assert (same.returncode, same.stdout, same.stderr) == (0, "No difference.\n", "")


def test_differences_stand_in_a_table_and_the_first_file_is_what_is(project: Path) -> None:
    sql(project, "CREATE TABLE users (id INTEGER PRIMARY KEY, name INTEGER)", "b.duckdb")
    sql(project, "CREATE VIEW v AS SELECT\n id FROM users", "b.duckdb")
    differs = updown(project, "diff", "shop.duckdb", "b.duckdb")
    assert (differs.returncode, differs.stderr) == (1, "")
    heading, *rows = differs.stdout.splitlines()
    assert heading.split() == ["object", "is", "expected"]
    is_, expected = heading.index("is"), heading.index("expected")
    told = {row[:is_].strip(): (row[is_:expected].strip(), row[expected:]) for row in rows}
    assert told["column users.name"] == ("VARCHAR, may be NULL", "INTEGER, may be NULL")
    assert told["column users.phone"] == ("VARCHAR, may be NULL", "not there")
    assert told["view v"][0] == "not there"
    assert len(told) == len(rows) == 3


def test_a_database_against_its_history(project: Path) -> None:
    before = (project / "shop.duckdb").read_bytes()
    assert answer_of(project, "diff") == {"differences": [], "problems": []}
    assert (project / "shop.duckdb").read_bytes() == before
    sql(project, "ALTER TABLE users DROP COLUMN phone")
    assert answer_of(project, "diff", code=1)["differences"] == [
        {"object": "column users.phone", "is": "not there", "expected": "VARCHAR, may be NULL"}
    ]


def test_before_the_first_migration_the_history_makes_nothing(tmp_path: Path) -> None:
    project = make_project(tmp_path, ("001_make_users.sql", FIRST))
    sql(project, "CREATE TABLE users (id INTEGER)")
    (difference,) = answer_of(project, "diff", code=1)["differences"]
    assert (difference["object"], difference["expected"]) == ("table users", "not there")


def test_a_history_that_cannot_be_replayed_is_a_refusal_not_a_guess(project: Path) -> None:
    write(project, "002_add_phone.sql", PHONE.replace("VARCHAR", "INTEGER"))
    (problem,) = answer_of(project, "diff", code=1)["problems"]
    assert (problem["kind"], problem["where"]) == ("not-replayed", "002_add_phone")


def test_a_file_that_is_not_there_is_refused(project: Path) -> None:
    refused = updown(project, "diff", "shop.duckdb", "none.duckdb")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("none.duckdb: there is no database file")


@pytest.mark.parametrize(
    "arguments",
    [["a.duckdb"], ["a", "b", "c"], ["a.duckdb", "b.duckdb", "--database", "c.duckdb"]],
)
def test_other_than_two_or_none_is_usage(project: Path, arguments: list[str]) -> None:
    wrong = updown(project, "diff", *arguments)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.count("\n") == 1
