"""What a shadow costs is told in bytes beforehand, and a disk that cannot hold it gets no copy."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import plan_lines, read_shadow_cost, rehearse_plan, run_plan
from course_lib.migrations.cost import ShadowCost, size_in_words
from course_lib.migrations.ledger import read_events

from .databases import (
    SOURCE_DOWN,
    SOURCE_FILE,
    SOURCE_STATEMENTS,
    USERS,
    plan_of,
    run_script,
    sections,
    state,
    write_folder,
)

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def small_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**9, 10**9 - 1500, 1500))


def test_a_file_costs_its_bytes_and_those_of_its_log(tmp_path: Path) -> None:
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(path) as con:
        run_script(con, USERS)
        wal = tmp_path / "shop.duckdb.wal"
        assert wal.stat().st_size > 0
        cost = read_shadow_cost(con)
        assert cost.bytes == path.stat().st_size + wal.stat().st_size
        assert abs(cost.free - shutil.disk_usage(tmp_path).free) < 10**9 and cost.fits
        con.execute("CHECKPOINT")
        assert read_shadow_cost(con).bytes == path.stat().st_size


def test_a_database_in_memory_costs_what_its_tables_take() -> None:
    with duckdb.connect() as con:
        assert read_shadow_cost(con).bytes == 0
        con.execute("CREATE TABLE t AS SELECT i, md5(i::VARCHAR) FROM range(100_000) AS r(i)")
        assert 1_000_000 < read_shadow_cost(con).bytes < 50_000_000


def test_reading_the_cost_keeps_the_lock_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(path) as con:
        run_script(con, USERS)
        before = [(p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in tmp_path.iterdir()]
        read_shadow_cost(con)
        now = [(p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in tmp_path.iterdir()]
        assert now == before


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_951, "1.0 MB"),
        (12_345_678, "12.3 MB"),
        (5_000_000_000_000_000, "5,000.0 TB"),
    ],
)
def test_bytes_in_words(size: int, words: str) -> None:
    assert size_in_words(size) == words


def test_the_plan_tells_what_a_shadow_would_copy(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"001_change.sql": sections("CREATE TABLE t (i INT)")})
    with duckdb.connect() as con:
        plan = plan_of(con, folder)
        lines = plan_lines(plan, (), ShadowCost(12_300_000, 84_000_000_000))
        assert lines[-1] == "Cost: a shadow would copy 12.3 MB; 84.0 GB are free."
        (refused,) = plan_lines(plan, (), ShadowCost(12_300_000, 4000))[-1:]
        assert refused.startswith("Cost: a shadow would copy 12.3 MB and is refused, since 4.0 kB")
        assert run_plan(con, plan).failure is None
        done = plan_of(con, folder)
        assert plan_lines(done, (), ShadowCost(1, 2)) == plan_lines(done, ())


@pytest.mark.usefixtures("small_disk")
@pytest.mark.parametrize("options", ["", "transaction:false"])
def test_a_shadow_that_the_disk_cannot_hold_is_refused_before_it_is_copied(
    tmp_path: Path, options: str
) -> None:
    files = {SOURCE_FILE: sections(SOURCE_STATEMENTS, SOURCE_DOWN, options)}
    folder = write_folder(tmp_path, files)
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        before, size = state(con), size_in_words(read_shadow_cost(con).bytes)

        outcome = run_plan(con, plan_of(con, folder))

        sentence = str(outcome.failure)
        assert f"a shadow copies {size} and the disk has 1.5 kB free" in sentence
        assert sentence.endswith("; nothing was changed, make room on the disk and run it again.")
        # The other way out is to write it so that one transaction is enough.
        assert ("as one transaction DuckDB refused it" in sentence) == (not options)
        assert state(con) == before
        assert [event.outcome for event in read_events(con)] == ["failed"]
    assert not list(tmp_path.glob(".updown-shadow-*"))


@pytest.mark.usefixtures("small_disk")
def test_a_migration_that_needs_no_shadow_runs_on_a_small_disk(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"001_change.sql": sections("CREATE TABLE t (i INT)")})
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        assert run_plan(con, plan_of(con, folder)).failure is None


@pytest.mark.usefixtures("small_disk")
def test_a_rehearsal_that_the_disk_cannot_hold_is_refused_in_words(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"001_change.sql": sections("CREATE TABLE t (i INT)")})
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        before = state(con)
        outcome = rehearse_plan(con, plan_of(con, folder))
        assert outcome.done == () and "the disk cannot hold a shadow" in str(outcome.failure)
        assert state(con) == before and read_events(con) == ()
