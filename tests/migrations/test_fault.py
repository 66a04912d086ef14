"""A failure at any statement of a long history leaves exactly the state before its migration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import (
    Direction,
    Folder,
    Migration,
    Plan,
    Step,
    make_plan,
    read_applied,
    run_plan,
)

from .databases import migration, sections, state

# Fifteen migrations over every kind of object, each with a down that takes all of it back.
HISTORY = [
    (
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR);"
        "INSERT INTO users SELECT i, 'u' || i FROM range(50) AS r(i)",
        "DROP TABLE users",
    ),
    ("ALTER TABLE users ADD COLUMN email VARCHAR DEFAULT 'x'", "ALTER TABLE users DROP email"),
    ("CREATE SEQUENCE numbers START 7; SELECT nextval('numbers')", "DROP SEQUENCE numbers"),
    (
        "CREATE TABLE orders"
        " (id INTEGER DEFAULT nextval('numbers'), u INTEGER REFERENCES users(id));"
        "INSERT INTO orders (u) SELECT id FROM users",
        "DROP TABLE orders",
    ),
    ("CREATE INDEX by_user ON orders (u)", "DROP INDEX by_user"),
    ("CREATE VIEW busy AS SELECT u, count(*) AS n FROM orders GROUP BY u", "DROP VIEW busy"),
    ("CREATE TYPE mood AS ENUM ('good', 'bad')", "DROP TYPE mood"),
    (
        "CREATE TABLE notes (id INTEGER, m mood); INSERT INTO notes VALUES (1, 'good')",
        "DROP TABLE notes",
    ),
    ("CREATE MACRO twice(x) AS x * 2", "DROP MACRO twice"),
    (
        "COMMENT ON TABLE notes IS 'a'; COMMENT ON COLUMN notes.m IS 'b'",
        "COMMENT ON COLUMN notes.m IS NULL; COMMENT ON TABLE notes IS NULL",
    ),
    ("UPDATE notes SET id = id + 1", "UPDATE notes SET id = id - 1"),
    (
        "CREATE SCHEMA old; CREATE TABLE old.users AS FROM users;"
        "DELETE FROM old.users WHERE id > 9",
        "DROP TABLE old.users; DROP SCHEMA old",
    ),
    ("ALTER TABLE notes RENAME COLUMN m TO mood", "ALTER TABLE notes RENAME COLUMN mood TO m"),
    (
        "CREATE TABLE swap AS SELECT id, upper(name) AS name FROM old.users; DROP TABLE old.users;"
        "CREATE TABLE old.users AS FROM swap; DROP TABLE swap",
        "UPDATE old.users SET name = lower(name)",
    ),
    (
        "CREATE TRIGGER log AFTER INSERT ON notes FOR EACH STATEMENT DELETE FROM old.users",
        "DROP TRIGGER log ON notes",
    ),
]
STOP = "SELECT error('stop')"


def history(options: str) -> list[Migration]:
    return [
        migration(sections(up, f"{down};", options), f"{number:03}_step.sql")
        for number, (up, down) in enumerate(HISTORY, 1)
    ]


def broken(one: Migration, direction: Direction) -> Iterator[Migration]:
    """The migration with a failure in the place of each statement, and one after the last."""
    steps = one.steps(direction)
    for index in range(len(steps) + 1):
        stop = Step(STOP, "SELECT", 1)
        changed = (*steps[:index], stop, *steps[index + 1 :])
        yield replace(one, up=changed) if direction == "up" else replace(one, down=changed)


@pytest.mark.parametrize("options", ["", pytest.param("transaction:false", marks=pytest.mark.long)])
def test_a_failure_at_any_statement_leaves_the_state_before(tmp_path: Path, options: str) -> None:
    migrations = history(options)
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        for number, one in enumerate(migrations):
            fail_everywhere(con, migrations, number, "up")
            do(con, migrations[: number + 1], "up")
            assert len(read_applied(con)) == number + 1, one.name
        for number in reversed(range(len(migrations))):
            fail_everywhere(con, migrations, number, "down")
            do(con, migrations[: number + 1], "down")
        assert read_applied(con) == ()
        assert con.execute("FROM (SHOW TABLES)").fetchall() == []


def fail_everywhere(
    con: duckdb.DuckDBPyConnection, migrations: list[Migration], at: int, direction: Direction
) -> None:
    before = state(con)
    for failing in broken(migrations[at], direction):
        outcome = run_plan(con, planned(con, [*migrations[:at], failing], direction))
        assert outcome.failure is not None and "stop" in outcome.failure.error
        assert state(con) == before, (failing.name, direction, outcome.failure)


def do(con: duckdb.DuckDBPyConnection, migrations: list[Migration], direction: Direction) -> None:
    outcome = run_plan(con, planned(con, migrations, direction))
    assert outcome.failure is None, str(outcome.failure)


def planned(
    con: duckdb.DuckDBPyConnection, migrations: list[Migration], direction: Direction
) -> Plan:
    plan = make_plan(Folder(tuple(migrations), ()), read_applied(con), direction)
    assert isinstance(plan, Plan), plan
    return plan
