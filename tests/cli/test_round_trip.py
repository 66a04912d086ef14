"""`updown round-trip` says what an up and its down give back, on a copy that is thrown away."""

from __future__ import annotations

from pathlib import Path

import pytest

from .project import PHONE, USERS, answer_of, make_project, sql, state, updown, write

# The down loses what the up moved away.
SPLIT = """\
-- migrate:up
ALTER TABLE users DROP COLUMN name;
-- migrate:down
ALTER TABLE users ADD COLUMN name VARCHAR;
"""
# The down loses the rows that were written meanwhile.
KEPT_COPY = """\
-- migrate:up
CREATE TABLE kept AS FROM users;
ALTER TABLE users ADD COLUMN phone VARCHAR;
-- migrate:down
DELETE FROM users;
ALTER TABLE users DROP COLUMN phone;
INSERT INTO users FROM kept;
DROP TABLE kept;
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = make_project(tmp_path, ("001_add_phone.sql", PHONE))
    sql(made, f"{USERS}; INSERT INTO users VALUES (1, 'Ada'), (2, 'Max')")
    sql(made, "CREATE TABLE orders (id INTEGER); INSERT INTO orders VALUES (7)")
    return made


def test_everything_comes_back_and_the_database_stays_as_it_is(project: Path) -> None:
    before = (project / "shop.duckdb").read_bytes()
    trip = updown(project, "round-trip")
    assert (trip.returncode, trip.stderr) == (0, "")
    assert trip.stdout.splitlines() == [
        "Up and down on a copy of shop.duckdb, now thrown away: 001_add_phone.",
        "rows of orders: 1 row before, 1 after, the same",
        "rows of users: 2 rows before, 2 after, the same",
        "Schema and rows came back.",
    ]
    assert (project / "shop.duckdb").read_bytes() == before
    assert {path.name for path in project.iterdir()} == {"shop.duckdb", "migrations"}


def test_values_that_a_down_cannot_bring_back_are_told(project: Path) -> None:
    write(project, "001_add_phone.sql", SPLIT)
    trip = updown(project, "round-trip")
    assert trip.returncode == 1
    assert trip.stderr.splitlines() == [
        "rows of users: 2 rows before, 2 after; 2 rows from before came back with"
        " other values: id 1 (name was Ada and is NULL), id 2 (name was Max and is NULL);"
        " correct the down section."
    ]
    assert "rows of orders: 1 row before, 1 after, the same" in trip.stdout
    assert "came back" not in trip.stdout


def test_a_schema_that_does_not_come_back_is_told_as_a_difference(project: Path) -> None:
    kept = PHONE.replace("DROP COLUMN phone", "ALTER phone SET DEFAULT '0'")
    write(project, "001_add_phone.sql", kept)
    found = answer_of(project, "round-trip", code=1)
    (difference,) = found["differences"]
    assert (difference["object"], difference["expected"]) == ("column users.phone", "not there")
    assert found["problems"][0]["what"].startswith("after the down it is: VARCHAR")


def test_rows_that_were_written_in_between_stay(project: Path) -> None:
    (project / "writes.sql").write_text("INSERT INTO users VALUES (3, 'Kim', '555');")
    found = answer_of(project, "round-trip", "--writes", "writes.sql")
    assert found["tables"][1] == {
        "name": "users",
        "rows_before": 2,
        "rows_written": 1,
        "rows_after": 3,
        "came_back": True,
        "not_back": [],
    }


def test_rows_that_were_written_in_between_and_lost_are_told(project: Path) -> None:
    write(project, "001_add_phone.sql", KEPT_COPY)
    assert updown(project, "round-trip").returncode == 0
    (project / "writes.sql").write_text("INSERT INTO users VALUES (3, 'Kim', '555');")
    trip = updown(project, "round-trip", "--writes", "writes.sql")
    assert trip.returncode == 1
    assert (
        "rows of users: 2 rows before, +1 by the writes, 2 after; 1 row written in" in trip.stderr
    )
    assert "is gone: id 3; correct the down section" in trip.stderr
    found = answer_of(project, "round-trip", "--writes", "writes.sql", code=1)
    assert found["tables"][-1]["not_back"] == ["1 row written in between is gone: id 3"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nINSERT INTO users VALUES (1);", "writes.sql, line 2: `INSERT INTO users VALUES (1)`"),
        ("INSRT", "writes.sql, line 1: DuckDB cannot read the SQL"),
    ],
)
def test_writes_that_are_refused_have_their_place(project: Path, text: str, said: str) -> None:
    (project / "writes.sql").write_text(text)
    before = state(project)
    refused = updown(project, "round-trip", "--writes", "writes.sql")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert said in refused.stderr
    assert state(project) == before


def test_a_down_that_fails_is_a_refusal_with_its_place(project: Path) -> None:
    write(project, "001_add_phone.sql", PHONE.replace("DROP COLUMN phone", "DROP COLUMN fone"))
    (problem,) = answer_of(project, "round-trip", code=1)["problems"]
    assert "001_add_phone.sql, line 4: step 1 of 1" in problem["sentence"]


def test_with_nothing_pending_there_is_nothing_to_do(project: Path) -> None:
    updown(project, "up")
    trip = updown(project, "round-trip")
    assert (trip.returncode, trip.stdout) == (0, "Nothing to do: every migration is applied.\n")


def test_a_file_of_writes_that_is_not_there_is_usage(project: Path) -> None:
    wrong = updown(project, "round-trip", "--writes", "none.sql")
    assert (wrong.returncode, wrong.stderr) == (
        2,
        "none.sql cannot be read: No such file or directory.\n",
    )
