"""A table is made anew while others write: DuckDB alone loses their rows, an operation does not."""

from __future__ import annotations

import contextlib
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import Failure, Outcome, Plan, make_plan, read_folder, run_plan
from course_lib.migrations.migration import Migration, Step
from course_lib.migrations.operations.meanwhile import nobody_else_writes
from course_lib.migrations.operations.read_tables import read_table

from ..databases import state
from ..test_formats import write
from .world import migrate, shop

CHECKED = """
from course_lib.migrations.operations import *

def look(db):
    db.execute("SELECT count(*) FROM visits")

operations = [run_python(look, look), {0}, run_python(look, look)]
"""


def run_beside(path: Path, con: duckdb.DuckDBPyConnection, operation: str, at: int) -> Outcome:
    """Run an operation; before the step with the index `at` somebody else commits a row."""
    folder = write(path, {"001_x.py": CHECKED.format(operation)})
    plan = make_plan(read_folder(folder), (), "up")
    assert isinstance(plan, Plan), str(plan)
    other, wrote = con.cursor(), []

    def on_step(_: Migration, index: int, step: Step) -> None:
        if index == at and not wrote:
            wrote.append(step)
            other.execute("INSERT INTO visits VALUES ('/late', 9, true)")

    outcome = run_plan(con, plan, on_step=on_step)
    other.close()
    assert wrote, str(outcome.failure)
    return outcome


def test_duckdb_alone_loses_a_row_that_is_committed_before_the_drop(tmp_path: Path) -> None:
    con = shop(tmp_path)
    other = con.cursor()
    con.execute("BEGIN; SELECT count(*) FROM visits")
    other.execute("INSERT INTO visits VALUES ('/late', 9, true)")
    con.execute("CREATE TEMP TABLE kept AS FROM visits; DROP TABLE visits")
    con.execute("CREATE TABLE visits AS FROM kept; COMMIT")
    assert con.execute("SELECT count(*) FROM visits WHERE page = '/late'").fetchall() == [(0,)]


def test_a_row_that_somebody_commits_before_the_table_is_made_anew_is_there_after_it(
    tmp_path: Path,
) -> None:
    con = shop(tmp_path)
    outcome = run_beside(tmp_path, con, 'add_check("visits", "times > 0")', at=1)
    assert outcome.failure is None and outcome.done[0].guard == "shadow"
    assert con.execute("SELECT count(*) FROM visits WHERE page = '/late'").fetchall() == [(1,)]


def test_a_row_that_breaks_the_check_refuses_all(tmp_path: Path) -> None:
    con = shop(tmp_path)
    outcome = run_beside(tmp_path, con, 'add_check("visits", "times < 9")', at=1)
    assert isinstance(outcome.failure, Failure) and "1 row of visits breaks" in str(outcome.failure)
    assert con.execute("SELECT count(*) FROM visits WHERE page = '/late'").fetchall() == [(1,)]


def test_nobody_writes_to_a_table_that_is_being_made_anew(tmp_path: Path) -> None:
    con = shop(tmp_path)
    before = state(con)
    # The other connection's error ends the run here; what matters is whose write was refused.
    outcome = run_beside(tmp_path, con, 'add_check("visits", "times > 0")', at=2)
    assert "another transaction has" in str(outcome.failure)
    assert state(con) == before


@pytest.mark.parametrize(
    ("operations", "guard"),
    [
        ('add_check("visits", "times > 0"), add_check("visits", "times < 9")', "transaction"),
        ('add_column("visits", "n", "INTEGER"), add_check("visits", "n > 0")', "transaction"),
        ('rename_column("visits", "times", "n"), add_check("visits", "n > 0")', "shadow"),
        (
            'run_sql("UPDATE visits SET times = 1", reverse=""), add_check("visits", "times = 1")',
            "shadow",
        ),
    ],
)
def test_what_the_migration_itself_changed_before_is_told_from_what_others_did(
    tmp_path: Path, operations: str, guard: str
) -> None:
    outcome = migrate(shop(tmp_path), tmp_path, operations)
    assert outcome.failure is None and outcome.done[0].guard == guard


WRITES = {
    "a row more": ["INSERT INTO visits VALUES ('/late', 9, true)"],
    "a row less": ["DELETE FROM visits WHERE times = 3"],
    "one went and one came": [
        "DELETE FROM visits WHERE times = 3",
        "INSERT INTO visits VALUES ('/late', 9, true)",
    ],
    "the last one went and came back as another": [
        "DELETE FROM visits WHERE rowid = (SELECT max(rowid) FROM visits)",
        "INSERT INTO visits VALUES ('/late', 9, true)",
    ],
    "a row changed where it stands": ["UPDATE visits SET times = 9 WHERE times = 3"],
    "a value became NULL": ["UPDATE visits SET times = NULL WHERE times = 3"],
    "changed, then a checkpoint is asked for": ["UPDATE visits SET times = 9", "CHECKPOINT"],
}


@pytest.mark.parametrize("kept", ["in the log", "in the file", "in memory", "updated before"])
@pytest.mark.parametrize("writes", WRITES.values(), ids=WRITES)
def test_whatever_another_connection_commits_before_the_drop_is_seen(
    tmp_path: Path, writes: list[str], kept: str
) -> None:
    con, other = _visits(tmp_path, kept)
    con.execute("BEGIN; SELECT count(*) FROM visits")
    table = read_table(con, "visits")
    for write_ in writes:
        with contextlib.suppress(duckdb.TransactionException):
            other.execute(write_)
    with (
        pytest.raises(duckdb.NotSupportedError, match="the rows of visits were changed"),
        nobody_else_writes(con, [table]),
    ):
        con.execute("DROP TABLE visits")


@pytest.mark.parametrize("kept", ["in the log", "in the file", "in memory", "updated before"])
def test_where_nobody_writes_the_table_may_go(tmp_path: Path, kept: str) -> None:
    con, _ = _visits(tmp_path, kept)
    con.execute("BEGIN")
    with nobody_else_writes(con, [read_table(con, "visits")]):
        con.execute("DROP TABLE visits")
    con.execute("COMMIT")


@pytest.mark.parametrize("kept", ["in the log", "in the file", "in memory"])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("{'a': 1, 'b': 'x'}", "{'a': 2, 'b': 'x'}"),
        ("[1, 2]", "[1, 3]"),
        ("MAP {'k': 1}", "MAP {'k': 2}"),
        ("[[{'a': [1]}]]", "[[{'a': [2]}]]"),
        ("'long ' || repeat('x', 5000)", "'short'"),
        ("NULL::INTEGER", "0"),
        ("[1, 2]::INTEGER[2]", "[2, 2]::INTEGER[2]"),
        ("union_value(n := 1)", "union_value(n := 2)"),
    ],
)
def test_an_update_of_any_type_is_seen(tmp_path: Path, column: str, value: str, kept: str) -> None:
    con = duckdb.connect(":memory:" if kept == "in memory" else tmp_path / "x.duckdb")
    con.execute(f"CREATE TABLE visits AS SELECT i AS n, {column} AS v FROM range(5000) AS r(i)")
    if kept == "in the file":
        con.execute("CHECKPOINT")
    other = con.cursor()
    con.execute("BEGIN; SELECT count(*) FROM visits")
    table = read_table(con, "visits")
    other.execute(f"UPDATE visits SET v = {value} WHERE n = 4321")
    with (
        pytest.raises(duckdb.NotSupportedError, match="the rows of visits were changed"),
        nobody_else_writes(con, [table]),
    ):
        con.execute("DROP TABLE visits")


def test_a_write_between_the_look_and_the_drop_is_seen(tmp_path: Path) -> None:
    con, other = _visits(tmp_path, "in the file")
    con.execute("BEGIN")
    table = read_table(con, "visits")
    with (
        pytest.raises(duckdb.NotSupportedError, match="the rows of visits were changed"),
        nobody_else_writes(con, [table]),
    ):
        other.execute("UPDATE visits SET times = 9 WHERE times = 3")


def _visits(folder: Path, kept: str) -> tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]:
    con = duckdb.connect(":memory:" if kept == "in memory" else folder / "visits.duckdb")
    con.execute("CREATE TABLE visits (page VARCHAR, times INTEGER, seen BOOLEAN)")
    con.execute("INSERT INTO visits SELECT '/' || i, i, i % 2 = 0 FROM range(300000) AS r(i)")
    if kept == "updated before":
        con.execute("UPDATE visits SET times = 77 WHERE times = 7")
    if kept == "in the file":
        con.execute("CHECKPOINT")
    return con, con.cursor()
