"""A table is made anew while others write: DuckDB alone loses their rows, an operation does not."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import Failure, Outcome, Plan, make_plan, read_folder, run_plan
from course_lib.migrations.migration import Migration, Step

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
