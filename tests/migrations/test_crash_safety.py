"""What DuckDB could not do again from its log goes through the shadow, and outlives a kill."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import Step, make_plan, read_folder
from course_lib.migrations.crash_safety import is_replayable
from course_lib.migrations.plan import Plan

from .databases import sections, write_folder

# Killed right after it: a file that cannot be opened, or other values in it.
LOST = {
    "random": "ALTER TABLE t ADD COLUMN IF NOT EXISTS v DOUBLE DEFAULT random()",
    "now": "ALTER TABLE t ADD COLUMN IF NOT EXISTS v TIMESTAMP DEFAULT now()::TIMESTAMP",
    "nextval": "ALTER TABLE t ADD COLUMN IF NOT EXISTS v INTEGER DEFAULT nextval('s')",
    "list": "ALTER TABLE t ADD COLUMN IF NOT EXISTS v INTEGER[] DEFAULT [1, 2]",
    "using random": "ALTER TABLE t ALTER i TYPE DOUBLE USING i + random()",
    "using nextval": "alter table t alter i set data type INTEGER using nextval('s')",
    "using a list": "ALTER TABLE t ALTER i TYPE INTEGER[] USING [i]",
    "json": "ALTER TABLE t ALTER j TYPE JSON",
}
KEPT = {
    "plain": "ALTER TABLE t ADD COLUMN v DOUBLE DEFAULT random()",
    "literal": "ALTER TABLE t ADD COLUMN IF NOT EXISTS v INTEGER DEFAULT -5",
    "date": "ALTER TABLE t ADD COLUMN IF NOT EXISTS v DATE DEFAULT DATE '2020-01-01'",
    "no default": "ALTER TABLE t ADD COLUMN IF NOT EXISTS v INTEGER",
    "cast": "ALTER TABLE t ALTER i TYPE VARCHAR",
    "using a cast": "ALTER TABLE t ALTER i TYPE VARCHAR USING CAST(i AS VARCHAR)",
    "using a column": "ALTER TABLE t ALTER i TYPE VARCHAR USING j",
    "default alone": "ALTER TABLE t ALTER i SET DEFAULT random()",
}
SEED = """CREATE SEQUENCE s;
CREATE TABLE t AS SELECT i::INTEGER AS i, '1' AS j FROM range(20) AS r(i)"""
ROWS = "SELECT COLUMNS(*)::VARCHAR FROM t ORDER BY ALL"

# The log is all there is: nothing has been written to the file when the process dies.
BY_HAND = """
import os, sys, duckdb
con = duckdb.connect(sys.argv[1])
con.execute(sys.argv[2])
print(con.execute(sys.argv[3]).fetchall(), flush=True)
os.kill(os.getpid(), 9)
"""
BY_ENGINE = """
import os, sys, duckdb
from pathlib import Path
from course_lib.migrations import make_plan, read_folder, run_plan
con = duckdb.connect(sys.argv[1])
outcome = run_plan(con, make_plan(read_folder(Path(sys.argv[2])), (), "up"))
assert outcome.failure is None, outcome.failure
print(con.execute(sys.argv[3]).fetchall(), flush=True)
os.kill(os.getpid(), 9)
"""


def killed(code: str, path: Path, work: str) -> tuple[str, str]:
    """The rows before the kill, and those after it or what DuckDB says instead."""
    with duckdb.connect(path) as con:
        con.execute(SEED)
    child = subprocess.run(
        [sys.executable, "-c", code, str(path), work, ROWS],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.returncode == -9, child.stderr
    try:
        with duckdb.connect(path) as con:
            return child.stdout.strip(), str(con.execute(ROWS).fetchall())
    except duckdb.Error as error:
        return child.stdout.strip(), str(error)


@pytest.mark.parametrize("name", LOST)
def test_a_kill_loses_nothing_of_what_the_log_could_not_bring_back(
    tmp_path: Path, name: str
) -> None:
    before, after = killed(BY_HAND, tmp_path / "hand.duckdb", LOST[name])
    assert before != after, "DuckDB can do this again by now: the engine need not go round it"
    folder = write_folder(tmp_path, {"001_x.sql": sections(LOST[name])})
    before, after = killed(BY_ENGINE, tmp_path / "shop.duckdb", str(folder))
    assert before == after


@pytest.mark.parametrize("name", KEPT)
def test_what_the_log_brings_back_needs_no_shadow(tmp_path: Path, name: str) -> None:
    before, after = killed(BY_HAND, tmp_path / "hand.duckdb", KEPT[name])
    assert before == after
    assert is_replayable(Step(KEPT[name], "ALTER", 1))


def test_the_plan_says_why_it_takes_the_shadow(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"001_x.sql": sections(LOST["random"])})
    plan = make_plan(read_folder(folder), (), "up")
    assert isinstance(plan, Plan)
    assert plan.items[0].guard == "shadow, since a crash could not be mended from DuckDB's log"


def test_python_that_runs_such_a_statement_goes_through_the_shadow_too(tmp_path: Path) -> None:
    text = f'def up(db):\n    db.execute("{LOST["nextval"]}")\n'
    folder = write_folder(tmp_path, {"001_x.py": text})
    before, after = killed(BY_ENGINE, tmp_path / "shop.duckdb", str(folder))
    assert before == after
