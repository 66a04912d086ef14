"""A database file is read by DuckDB's own descriptor: whole or not at all, and it stays locked."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import copier, descriptor, file_copy
from course_lib.migrations.file_copy import copy_file, read_headers

from .databases import run_script

BIG = "CREATE TABLE big AS SELECT i, md5(i::VARCHAR) AS text FROM range(300_000) AS r(i);"


@pytest.fixture
def large(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database above the bound, with a small table beside the big one."""
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, f"{BIG} CREATE TABLE small AS SELECT i FROM range(10) AS r(i); CHECKPOINT")
        yield con


def descriptors() -> set[str]:
    return {entry.name for entry in Path("/dev/fd").iterdir()}


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("in_kernel", [True, False])
def test_it_gives_the_bytes_that_a_child_process_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_kernel: bool
) -> None:
    if not in_kernel:
        monkeypatch.delattr(os, "copy_file_range", raising=False)
    source, ours, childs = (tmp_path / name for name in ("shop.duckdb", "ours", "childs"))
    headers = descriptor.read_headers(source, ours)
    assert headers is not None and len(headers) == 2 * descriptor.HEADERS == 2 * copier.HEADERS
    assert headers == descriptor.read_headers(source) == file_copy._headers_of(source, childs)
    assert ours.read_bytes() == childs.read_bytes()


def test_no_descriptor_is_opened_or_closed_and_another_process_cannot_write(
    large: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    before = descriptors()
    for number in range(3):
        assert descriptor.read_headers(tmp_path / "shop.duckdb", tmp_path / f"copy{number}")
    assert descriptors() == before
    code = "import duckdb, sys; duckdb.connect(sys.argv[1])"
    command = [sys.executable, "-c", code, str(tmp_path / "shop.duckdb")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Could not set lock" in done.stderr
    large.execute("INSERT INTO small VALUES (99)")
    assert large.execute("SELECT count(*) FROM small").fetchall() == [(11,)]


def test_where_there_is_no_descriptor_a_child_process_reads(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, BIG)
    source = tmp_path / "shop.duckdb"
    with pytest.raises(FileNotFoundError):
        descriptor.read_headers(source, tmp_path / "copy")
    assert read_headers(source, tmp_path / "copy") == file_copy._headers_of(source)
    assert (tmp_path / "copy").read_bytes() == source.read_bytes()


@pytest.mark.usefixtures("large")
def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"somebody's")
    with pytest.raises(FileExistsError):
        descriptor.read_headers(tmp_path / "shop.duckdb", there)
    assert there.read_bytes() == b"somebody's"


def test_a_checkpoint_while_the_file_is_copied_is_noticed(
    large: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = descriptor._copy

    def copy_and_checkpoint(source: int, target: int) -> None:
        real(source, target)
        run_script(large, "INSERT INTO small VALUES (99); CHECKPOINT")

    monkeypatch.setattr(descriptor, "_copy", copy_and_checkpoint)
    assert descriptor.read_headers(tmp_path / "shop.duckdb", tmp_path / "torn") is None
    with large.cursor() as cursor:
        assert copy_file(cursor, tmp_path / "torn2", read_headers) is None
    assert not (tmp_path / "torn2").exists()


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO small VALUES (1)",
        "CREATE VIEW v AS SELECT 1",
        "COMMENT ON TABLE small IS 'x'",
        "CREATE MACRO f(x) AS x",
        "INSERT INTO small VALUES (1); CHECKPOINT",
        "SET wal_autocheckpoint = '1B'; DROP TABLE small",
        "SELECT nextval('numbers')",
    ],
)
def test_whatever_is_committed_breaks_the_stamp(
    large: duckdb.DuckDBPyConnection, tmp_path: Path, sql: str
) -> None:
    large.execute("CREATE SEQUENCE numbers")
    with large.cursor() as cursor:
        stamp = copy_file(cursor, tmp_path / "copy.duckdb", read_headers)
    assert stamp is not None and stamp.holds()
    run_script(large, sql)
    assert not stamp.holds()


def test_with_writers_and_checkpoints_going_on_no_copy_is_torn(
    large: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    # Money that moves between accounts: the sum is the same in every committed state.
    run_script(large, "CREATE TABLE accounts AS SELECT i, 100 AS money FROM range(50) AS r(i)")
    run_script(large, "CHECKPOINT; SET GLOBAL wal_autocheckpoint = '100KB'")
    stop = threading.Event()

    def write() -> None:
        with large.cursor() as cursor:
            while not stop.wait(0.02):
                cursor.execute("BEGIN")
                cursor.execute("UPDATE accounts SET money = money + if(i % 2 = 0, 5, -5)")
                cursor.execute("INSERT INTO big SELECT -1, md5(i::VARCHAR) FROM range(5000) r(i)")
                cursor.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [
            descriptor.read_headers(tmp_path / "shop.duckdb", tmp_path / f"copy{number}")
            for number in range(30)
        ]
    finally:
        stop.set()
        writer.join()
    for number, headers in enumerate(copies):
        if headers is not None:
            with duckdb.connect(tmp_path / f"copy{number}") as con:
                assert con.execute("SELECT sum(money) FROM accounts").fetchall() == [(5000,)]
                ((rows,),) = con.execute(
                    "SELECT count(*) FILTER (length(text) = 32) FROM big"
                ).fetchall()
                assert rows >= 300_000 and rows % 5000 == 0
    assert any(copies)
