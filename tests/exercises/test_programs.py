"""The programs of an exercise: read from its `client` requirements, tried, and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from course_lib.exercises import (
    Program,
    Tried,
    load_public,
    load_spec,
    publish,
    read_programs,
    try_program,
)

SPEC = (
    Path(__file__).parents[2]
    / "lessons"
    / "06-renaming-without-breaking-anyone"
    / "exercises"
    / "rename-countrys.toml"
)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, adress VARCHAR)")
    con.execute("INSERT INTO users VALUES (1, 'Quay 1'), (2, NULL), (3, '')")
    return con


def test_they_have_the_statements_that_the_check_tries_and_learners_have_them_too(
    tmp_path: Path,
) -> None:
    task = load_spec(SPEC).task
    programs = read_programs(task)
    assert [one.name for one in programs] == ["the new version", "Samir's report"]
    asked = {one.id: one.parameters["does"] for one in task.requirements if one.kind == "client"}
    assert [*programs[0].statements] == asked["new-version"]
    assert [*programs[1].statements] == asked["report"]
    copy = tmp_path / "public.json"
    copy.write_text(json.dumps(publish(load_spec(SPEC))), encoding="utf-8")
    assert read_programs(load_public(copy).task) == programs


def test_a_query_tells_rows_and_values_and_a_write_how_many(con: duckdb.DuckDBPyConnection) -> None:
    program = Program("p", ("SELECT id, adress FROM users", "DELETE FROM users WHERE id > 1"))
    assert [*try_program(program, con)] == [
        Tried(program.statements[0], "", 3, "adress", 2),
        Tried(program.statements[1], "", 2),
    ]


def test_what_fails_hides_nothing_and_what_is_written_is_taken_back(
    con: duckdb.DuckDBPyConnection,
) -> None:
    program = Program(
        "p",
        ("INSERT INTO users VALUES (1, 'x')", "SELECT address FROM users", "DELETE FROM users"),
    )
    double, missing, all_gone = try_program(program, con)
    assert "Duplicate key" in double.error and "\n" not in double.error
    assert 'Referenced column "address" not found' in missing.error
    assert all_gone == Tried("DELETE FROM users", "", 3)
    assert con.execute("SELECT count(*) FROM users").fetchone() == (3,)
