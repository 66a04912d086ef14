"""One migration reviewed after a seed, and run by the engine on a database with rows."""

from __future__ import annotations

from pathlib import Path

import duckdb

from course_lib.migrations import Finding, make_plan, read_applied, read_folder, review, run_plan
from course_lib.migrations.plan import Plan

from ..databases import run_script, write_folder

USERS = """CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR, email VARCHAR);
CREATE TABLE notes (id INTEGER, body VARCHAR);
"""
ROWS = """INSERT INTO users VALUES (1, 'Ada', 'a@x'), (2, 'Bo', NULL), (3, 'Ada', 'a@x');
INSERT INTO notes VALUES (1, 'x'), (1, 'y');
"""


def found(
    path: Path,
    rule: str,
    up: str,
    *,
    seed: str = USERS,
    down: str = "-- migrate:down\nSELECT 1;",
    options: str = "",
) -> list[Finding]:
    """What the rule finds in a migration that comes after the seed."""
    folder = write_folder(
        path,
        {
            "001_seed.sql": f"-- migrate:up\n{seed}\n-- migrate:down\nSELECT 1;\n",
            "002_change.sql": f"-- migrate:up {options}\n{up}\n{down}\n",
        },
    )
    everything = read_folder(folder)
    assert everything.problems == (), everything.problems
    return [f for f in review(everything) if f.rule == rule and f.file.endswith("002_change.sql")]


def guard_of(path: Path, up: str, *, seed: str = USERS + ROWS) -> str:
    """The guard that the engine needs for the SQL on a database with rows, or why it fails."""
    place = path / "run"
    place.mkdir(exist_ok=True)
    text = f"-- migrate:up\n{up}\n-- migrate:irreversible it is a test\n"
    folder = write_folder(place, {"001_change.sql": text})
    database = place / "shop.duckdb"
    database.unlink(missing_ok=True)
    with duckdb.connect(database) as con:
        run_script(con, seed.strip())
        plan = make_plan(read_folder(folder), read_applied(con), "up")
        assert isinstance(plan, Plan), plan
        outcome = run_plan(con, plan)
        return outcome.done[0].guard if outcome.done else str(outcome.failure)
