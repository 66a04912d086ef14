"""Eight processes and eight threads run `up` at once: each migration is applied once, by one."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import (
    Outcome,
    Plan,
    file_copy,
    make_plan,
    read_applied,
    read_events,
    read_folder,
    run_plan,
)

from .databases import plan_of, sections, write_folder

FILES = {
    f"{n:03}_t{n}.sql": sections(
        f"CREATE TABLE t{n} AS SELECT i FROM range(2000) AS r(i)",
        f"DROP TABLE t{n};",
        "transaction:false" if n % 4 == 0 else "",
    )
    for n in range(1, 9)
}


def applied_once(con: duckdb.DuckDBPyConnection) -> None:
    assert [row.number for row in read_applied(con)] == list(range(1, 9))
    ups = [event.name for event in read_events(con) if event.outcome == "done"]
    assert sorted(ups) == sorted(name.removesuffix(".sql") for name in FILES)
    for n in range(1, 9):
        assert con.execute(f"SELECT count(*) FROM t{n}").fetchall() == [(2000,)]


def test_eight_processes_apply_each_migration_once(tmp_path: Path) -> None:
    write_folder(tmp_path, FILES)
    duckdb.connect(tmp_path / "shop.duckdb").close()
    command = [sys.executable, "-m", "course_lib.cli", "up", "--database", "shop.duckdb"]

    def run(_: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""},
            timeout=120,
        )

    with ThreadPoolExecutor(8) as pool:
        runs = list(pool.map(run, range(8)))
    assert any(run.returncode == 0 for run in runs)
    for one in runs:
        if one.returncode:
            assert one.returncode == 1 and "Traceback" not in one.stderr, one.stderr
            assert "has the database open" in one.stderr or "another run" in one.stderr, one.stderr
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        applied_once(con)
    assert list(tmp_path.glob(".updown-shadow-*")) == []


def test_eight_threads_apply_each_migration_once(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, FILES)
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        start = threading.Barrier(8)

        def run(_: int) -> Outcome:
            own = con.cursor()
            plan = make_plan(read_folder(folder), read_applied(own), "up")
            assert isinstance(plan, Plan)
            start.wait()
            return run_plan(own, plan)

        with ThreadPoolExecutor(8) as pool:
            outcomes = list(pool.map(run, range(8)))
        done = [one.name for outcome in outcomes for one in outcome.done]
        assert len(done) == len(set(done)), "two runs say that they did the same migration"
        for outcome in outcomes:
            if outcome.failure is not None:
                assert "nothing was changed" in str(outcome.failure)
        # What losers were in the way of is done by the next run.
        assert run_plan(con, plan_of(con, folder)).failure is None
        applied_once(con)
    assert list(tmp_path.glob(".updown-shadow-*")) == []


@pytest.mark.parametrize("large", [10**12, 0])
def test_what_another_cursor_writes_while_a_shadow_runs_is_never_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(file_copy, "LARGE", large)
    folder = write_folder(
        tmp_path,
        {"001_x.sql": sections("UPDATE a SET v = v + 1", "SELECT 1;", "transaction:false")},
    )
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        for table in "abc":
            con.execute(f"CREATE TABLE {table} AS SELECT i, 0 AS v FROM range(20000) AS r(i)")
        con.execute("CHECKPOINT")
        written = dict.fromkeys("abc", 20000)
        stop = threading.Event()

        def write() -> None:
            cursor = con.cursor()
            while not stop.is_set():
                for table in "abc":
                    try:
                        cursor.execute(f"INSERT INTO {table} VALUES (-1, 0)")
                    except duckdb.Error:
                        continue  # told at once, so nobody believes that it was written
                    written[table] += 1

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for _ in range(5):
                run_plan(con, plan_of(con, folder))
        finally:
            stop.set()
            writer.join()
        assert {
            table: con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in "abc"
        } == written
        assert run_plan(con, plan_of(con, folder)).failure is None
        ((changed,),) = con.execute("SELECT count(*) FROM a WHERE v = 1").fetchall()
        assert 20_000 <= changed <= written["a"] and len(read_applied(con)) == 1
