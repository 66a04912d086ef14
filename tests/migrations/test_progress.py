"""Progress as data: what the callback of a run is told, and what it cannot spoil."""

from __future__ import annotations

import threading
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import (
    Folder,
    Plan,
    Progress,
    make_plan,
    parse_migration,
    rehearse_plan,
    run_plan,
)

WORK = "UPDATE big SET t = " + "md5(" * 12 + "t" + ")" * 12


def plan_of(options: str = "", work: str = WORK) -> Plan:
    text = f"-- migrate:up{options}\nCREATE TABLE a (i INTEGER);\n{work};\n-- migrate:down\n"
    parsed = parse_migration(f"{text}SELECT 1;\n", "001_work.sql").migration
    assert parsed is not None
    plan = make_plan(Folder((parsed,), ()), (), "up")
    assert isinstance(plan, Plan)
    return plan


def database(folder: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(folder / "shop.duckdb")
    con.execute("CREATE TABLE big AS SELECT i, md5(i::VARCHAR) AS t FROM range(1000000) AS r(i)")
    return con


@pytest.mark.parametrize("options", ["", " transaction:false"])
def test_a_long_statement_is_told_with_its_rows(tmp_path: Path, options: str) -> None:
    told: list[Progress] = []
    with database(tmp_path) as con:
        con.execute("SET enable_progress_bar = false")  # which DuckDB may choose otherwise
        assert run_plan(con, plan_of(options), on_progress=told.append).failure is None
        (setting,) = con.execute("SELECT current_setting('enable_progress_bar')").fetchall()[0]
    assert setting is False, "the caller's connection is as it was"
    steps = [one for one in told if one.step == 2 and one.rows is not None]
    assert steps and all(one.total == 1_000_000 and one.steps == 2 for one in steps)
    assert {one.phase for one in steps} == {"shadow" if options else "transaction"}
    assert {one.migration for one in told} == {"001_work"}
    assert all(one.rows == int(1_000_000 * (one.fraction or 0)) for one in steps)
    assert all(a.seconds < b.seconds for a, b in pairwise(told))
    if options:
        assert {"copying", "landing"} & {one.phase for one in told}


def test_a_rehearsal_tells_the_same_and_ends_its_threads(tmp_path: Path) -> None:
    told: list[Progress] = []
    before = threading.active_count()
    with database(tmp_path) as con:
        assert rehearse_plan(con, plan_of(), on_progress=told.append).failure is None
    assert any(one.step == 2 for one in told) and threading.active_count() == before


def test_short_work_is_not_told(tmp_path: Path) -> None:
    told: list[Progress] = []
    with duckdb.connect() as con:
        run_plan(con, plan_of(work="SELECT 1"), on_progress=told.append)
    assert told == []


def test_an_error_of_the_callback_does_not_spoil_the_run(tmp_path: Path) -> None:
    def tell(_: Progress) -> None:
        calls.append(1)
        raise ValueError("not here")

    calls: list[int] = []
    with database(tmp_path) as con:
        assert run_plan(con, plan_of(), on_progress=tell).failure is None
    assert calls == [1]
