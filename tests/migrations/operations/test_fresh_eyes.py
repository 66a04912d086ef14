"""What a sceptical reader broke once: each stays mended."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import Outcome, Plan, make_plan, read_applied, read_folder, run_plan

from ..databases import picture
from ..test_formats import write
from .world import migrate, take_back

SMALL = """\
CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER);
INSERT INTO t VALUES (1, 5), (2, 6);
CREATE VIEW v AS SELECT a FROM t;
"""


def small(path: Path, sql: str = SMALL) -> duckdb.DuckDBPyConnection:
    """A small database in a file."""
    con = duckdb.connect(path / "small.duckdb")
    con.execute(sql)
    return con


def run_function(con: duckdb.DuckDBPyConnection, path: Path, body: str, shadow: bool) -> Outcome:
    """One up of a function with these lines."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    text = (
        f"from course_lib.migrations.operations import *\ntransaction = {not shadow}\n"
        f"def up(db):\n{lines}"
    )
    folder = write(path, {"001_x.py": text})
    plan = make_plan(read_folder(folder), read_applied(con), "up")
    assert isinstance(plan, Plan), str(plan)
    return run_plan(con, plan)


CAUGHT = "try:\n    db.run({})\nexcept Exception:\n    pass"


@pytest.mark.parametrize("shadow", [False, True], ids=["transaction", "shadow"])
@pytest.mark.parametrize(
    "operation",
    [
        'rename_column("t", "a", "b")',
        'drop_column("t", "a", "INTEGER", keep_in="kept")',
        'run_python(lambda db: db.run(rename_column("t", "a", "b")))',
    ],
)
def test_half_an_operation_is_not_committed_where_a_function_catches_its_error(
    tmp_path: Path, operation: str, shadow: bool
) -> None:
    con = small(tmp_path)
    before = picture(con)
    outcome = run_function(con, tmp_path, CAUGHT.format(operation), shadow)
    assert "the view v could not be read" in str(outcome.failure)
    assert "line 5" in str(outcome.failure)
    assert picture(con) == before


def test_a_table_is_not_lost_where_a_function_catches_that_its_rows_were_changed(
    tmp_path: Path,
) -> None:
    con = small(tmp_path)
    body = "db.execute('INSERT INTO t VALUES (3, 7)')\n" + CAUGHT.format('add_check("t", "a > 0")')
    outcome = run_function(con, tmp_path, body, shadow=False)
    assert outcome.failure is None
    assert outcome.done[0].guard == "shadow"
    assert con.execute("SELECT count(*) FROM t").fetchall() == [(3,)]
