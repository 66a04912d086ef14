"""What came back from an up, writes and a down, row by row and value by value."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_lib.migrations import RoundTrip, read_folder, round_trip, split_statements

from .databases import plan_of, run_script, sections, write_folder

USERS = (
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR COLLATE NOCASE, cents INTEGER);"
    "INSERT INTO users VALUES (1, 'Ada', 100), (2, 'Max', 200), (3, NULL, 300)"
)
NOTES = "CREATE TABLE notes (text VARCHAR); INSERT INTO notes VALUES ('a'), ('a'), ('b')"
ADD = "ALTER TABLE users ADD COLUMN phone VARCHAR"
DROP = "ALTER TABLE users DROP COLUMN phone;"


def trip_of(path: Path, start: str, up: str, down: str, writes: str = "") -> RoundTrip:
    folder = write_folder(path, {"001_change.sql": sections(up, down)})
    steps = split_statements(writes)
    assert isinstance(steps, tuple)
    with duckdb.connect(path / "x.duckdb") as con:
        run_script(con, start)
        trip = round_trip(con, read_folder(folder), plan_of(con, folder), writes=steps)
    assert isinstance(trip, RoundTrip), str(trip)
    assert sorted(entry.name for entry in path.iterdir()) == ["migrations", "x.duckdb"]
    return trip


def told(trip: RoundTrip) -> list[str]:
    """What the problems say of rows, without the counts before it."""
    return [p.what.partition("; ")[2] for p in trip.problems() if p.where.startswith("rows of")]


# up, down, writes -> what did not come back
KEYED = [
    (ADD, DROP, "INSERT INTO users VALUES (4, 'Kim', 1, '555')", []),
    (ADD, DROP, "UPDATE users SET name = 'Eve' WHERE id = 1; DELETE FROM users WHERE id = 2", []),
    (ADD, DROP, "UPDATE users SET phone = '555'", []),
    (
        ADD,
        DROP + "UPDATE users SET name = 'ada' WHERE id = 1;",
        "INSERT INTO users VALUES (4, 'Kim', 1, '555')",
        ["1 row from before came back with other values: id 1 (name was Ada and is ada)"],
    ),
    (
        ADD,
        DROP + "UPDATE users SET name = upper(name), cents = NULL;",
        "UPDATE users SET name = 'Eve' WHERE id = 1",
        [
            "2 rows from before came back with other values: id 2 (name was Max and is MAX, cents"
            " was 200 and is NULL), id 3 (cents was 300 and is NULL)",
            "1 row written in between has other values than were written: id 1 (name was Eve and"
            " is EVE, cents was 100 and is NULL)",
        ],
    ),
    (
        ADD,
        "DELETE FROM users WHERE id > 1;" + DROP,
        "INSERT INTO users VALUES (4, 'Kim', 1, '555')",
        [
            "2 rows from before did not come back: id 2, id 3",
            "1 row written in between is gone: id 4",
        ],
    ),
    # As many rows as there should be, and none of them right.
    (
        "CREATE TABLE kept AS FROM users",
        "DELETE FROM users; INSERT INTO users FROM kept; DROP TABLE kept;",
        "DELETE FROM users WHERE id = 1; INSERT INTO users VALUES (4, 'Kim', 1)",
        [
            "1 row deleted in between is back: id 1",
            "1 row written in between is gone: id 4",
        ],
    ),
    # The up gives the column another meaning; what was written then is for the down to say.
    (
        "UPDATE users SET cents = cents // 100",
        "UPDATE users SET cents = cents * 100;",
        "INSERT INTO users VALUES (4, 'Kim', 5); UPDATE users SET cents = 7 WHERE id = 1",
        [],
    ),
    (
        "UPDATE users SET cents = cents // 100",
        "UPDATE users SET cents = cents * 10;",
        "INSERT INTO users VALUES (4, 'Kim', 5)",
        [
            "3 rows from before came back with other values: id 1 (cents was 100 and is 10), id 2"
            " (cents was 200 and is 20), id 3 (cents was 300 and is 30)"
        ],
    ),
    # A value from a new column may go into an old one, if that one was not there in between.
    (
        "ALTER TABLE users ADD COLUMN first VARCHAR; UPDATE users SET first = name;"
        " ALTER TABLE users DROP COLUMN name",
        "ALTER TABLE users ADD COLUMN name VARCHAR COLLATE NOCASE; UPDATE users SET name = first;"
        " ALTER TABLE users DROP COLUMN first;",
        "UPDATE users SET first = 'Eve' WHERE id = 1; INSERT INTO users VALUES (4, 1, 'Kim')",
        [],
    ),
    (
        "DELETE FROM users WHERE id = 3",
        "INSERT INTO users VALUES (3, 'other', 300);",
        "INSERT INTO users VALUES (4, 'Kim', 5)",
        ["1 row from before came back with other values: id 3 (name was NULL and is other)"],
    ),
    (
        "INSERT INTO users VALUES (9, 'by the up', 0)",
        "SELECT 1;",
        "INSERT INTO users VALUES (4, 'Kim', 5)",
        ["1 row is there that nobody wrote and that was not there before: id 9"],
    ),
    # Under another name in between.
    (
        "ALTER TABLE users RENAME TO people",
        "ALTER TABLE people RENAME TO users;",
        "INSERT INTO people VALUES (4, 'Kim', 5)",
        [],
    ),
    (
        "ALTER TABLE users RENAME TO people",
        "ALTER TABLE people RENAME TO users; DELETE FROM users WHERE id = 1;",
        "INSERT INTO people VALUES (4, 'Kim', 5)",
        ["1 row from before did not come back: id 1"],
    ),
]


@pytest.mark.parametrize(("up", "down", "writes", "expected"), KEYED)
def test_rows_with_a_key_are_followed_by_it(
    tmp_path: Path, up: str, down: str, writes: str, expected: list[str]
) -> None:
    assert told(trip_of(tmp_path, USERS, up, down, writes)) == expected


@pytest.mark.parametrize(
    ("down", "writes", "expected"),
    [
        ("SELECT 1;", "INSERT INTO notes VALUES ('a'), ('c')", []),
        (
            "DELETE FROM notes WHERE text = 'c'; UPDATE notes SET text = 'x' WHERE text = 'b';",
            "INSERT INTO notes VALUES ('a'), ('c')",
            [
                "1 row from before did not come back: text b",
                "1 row written in between is gone: text c",
                "1 row is there that nobody wrote and that was not there before: text x",
            ],
        ),
        (
            "INSERT INTO notes VALUES ('a');",
            "DELETE FROM notes WHERE text = 'b'",
            ["1 row is there that nobody wrote and that was not there before: text a"],
        ),
    ],
)
def test_rows_without_a_key_are_known_by_their_values(
    tmp_path: Path, down: str, writes: str, expected: list[str]
) -> None:
    trip = trip_of(tmp_path, NOTES, "CREATE VIEW v AS FROM notes", f"{down} DROP VIEW v;", writes)
    assert sorted(told(trip)) == sorted(expected)


def test_what_came_back_is_said_in_numbers(tmp_path: Path) -> None:
    up = "UPDATE users SET cents = 2 * cents"
    writes = "INSERT INTO users VALUES (4, 'Kim', 5); DELETE FROM users WHERE id = 3"
    trip = trip_of(tmp_path, USERS, up, "UPDATE users SET cents = cents // 2;", writes)
    (table,) = trip.tables
    assert table.sentences() == (
        "3 rows before, 3 after; 2 rows from before came back unchanged; 1 row"
        " written in between still there; not compared in written rows, since the up rewrites"
        " them: cents",
    )


def test_without_writes_the_rows_that_changed_are_shown_too(tmp_path: Path) -> None:
    up = "ALTER TABLE users DROP COLUMN name"
    down = "ALTER TABLE users ADD COLUMN name VARCHAR COLLATE NOCASE;"
    assert told(trip_of(tmp_path, USERS, up, down)) == [
        "2 rows from before came back with other values: id 1 (name was Ada and is NULL), id 2"
        " (name was Max and is NULL)"
    ]


def test_many_rows_are_shown_by_the_first_three(tmp_path: Path) -> None:
    start = "CREATE TABLE n (id INTEGER PRIMARY KEY); INSERT INTO n SELECT range FROM range(1000)"
    trip = trip_of(tmp_path, start, "SELECT 1", "DELETE FROM n;", "INSERT INTO n VALUES (5000)")
    (lost, written) = told(trip)
    assert lost == "1,000 rows from before did not come back: id 0, id 1, id 10, ..."
    assert written == "1 row written in between is gone: id 5000"


VALUES = st.sampled_from(["NULL", "''", "'a'", "'A'", "'it''s'"])
WRITES = st.lists(
    st.one_of(
        st.tuples(st.integers(10, 20), VALUES).map(
            lambda t: f"INSERT OR IGNORE INTO t (id, v) VALUES ({t[0]}, {t[1]})"
        ),
        st.tuples(st.integers(0, 12), VALUES).map(
            lambda t: f"UPDATE t SET v = {t[1]} WHERE id = {t[0]}"
        ),
        st.integers(0, 12).map(lambda i: f"UPDATE t SET added = 'x' WHERE id = {i}"),
        st.integers(0, 12).map(lambda i: f"DELETE FROM t WHERE id = {i}"),
    ),
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.booleans(), WRITES, st.none() | st.integers(0, 20))
def test_a_right_down_brings_all_back_and_one_row_more_or_less_is_told(
    tmp_path_factory: pytest.TempPathFactory, keyed: bool, writes: list[str], gone: int | None
) -> None:
    key = " PRIMARY KEY" if keyed else ""
    writes = writes if keyed else [w.replace("OR IGNORE ", "") for w in writes]
    start = (
        f"CREATE TABLE t (id INTEGER{key}, v VARCHAR COLLATE NOCASE);"
        " INSERT INTO t SELECT range, if(range % 3 = 0, NULL, 'a') FROM range(10)"
    )
    down = "ALTER TABLE t DROP COLUMN added;"
    with duckdb.connect() as con:
        run_script(con, ";".join([start, "ALTER TABLE t ADD COLUMN added VARCHAR", *writes]))
        there = con.execute("SELECT count(*) FROM t WHERE id = ?", [gone]).fetchall()[0][0]
    if gone is not None:
        down += f" DELETE FROM t WHERE id = {gone};"
    up = "ALTER TABLE t ADD COLUMN added VARCHAR"
    trip = trip_of(tmp_path_factory.mktemp("trip"), start, up, down, ";".join(writes))
    assert bool(trip.problems()) == bool(there), trip.problems()
