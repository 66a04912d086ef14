"""A copy of a large file is a committed state, whoever writes meanwhile, or there is no copy."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import copier, file_copy
from course_lib.migrations.file_copy import Stamp, copy_file
from course_lib.migrations.guard import run_guarded
from course_lib.migrations.landing import CHANGED_MEANWHILE
from course_lib.migrations.shadow import open_shadow

from .databases import migration, run_script, sections

CHANGE = migration(sections("UPDATE small SET i = i + 1", options="transaction:false"))
BIG = "CREATE TABLE big AS SELECT i, md5(i::VARCHAR) AS text FROM range(300_000) AS r(i);"


@pytest.fixture
def large(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database above the bound, with a small table beside the big one."""
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, f"{BIG} CREATE TABLE small AS SELECT i FROM range(10) AS r(i); CHECKPOINT")
        assert (tmp_path / "shop.duckdb").stat().st_size > file_copy.LARGE
        yield con


def copied(con: duckdb.DuckDBPyConnection, copy: Path) -> Stamp | None:
    with con.cursor() as cursor:
        return copy_file(cursor, copy)


def test_the_copy_holds_what_was_committed_and_its_stamp_holds(
    large: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    large.execute("INSERT INTO small VALUES (99)")
    stamp = copied(large, tmp_path / "copy.duckdb")
    assert stamp is not None and stamp.holds()
    with duckdb.connect(tmp_path / "copy.duckdb") as con:
        assert con.execute("SELECT count(*), max(i) FROM small").fetchall() == [(11, 99)]
        assert con.execute("SELECT count(*) FROM big").fetchall() == [(300_000,)]


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO small VALUES (1)",
        "UPDATE small SET i = i + 1",
        "DELETE FROM small WHERE i = 1",
        "CREATE VIEW v AS SELECT 1",
        "INSERT INTO big SELECT i, 'x' FROM range(500_000) AS r(i)",
        "INSERT INTO small VALUES (1); CHECKPOINT",
        "SET wal_autocheckpoint = '1B'; INSERT INTO small VALUES (1)",
        "SELECT nextval('numbers')",
    ],
)
def test_whatever_is_committed_breaks_the_stamp(
    large: duckdb.DuckDBPyConnection, tmp_path: Path, sql: str
) -> None:
    large.execute("CREATE SEQUENCE numbers")
    stamp = copied(large, tmp_path / "copy.duckdb")
    assert stamp is not None and stamp.holds()
    run_script(large, sql)
    assert not stamp.holds()


def test_what_is_read_or_rolled_back_does_not_break_the_stamp(
    large: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    stamp = copied(large, tmp_path / "copy.duckdb")
    reader = large.cursor()
    reader.execute("FROM big").fetchone()
    run_script(large, "BEGIN; DELETE FROM small; INSERT INTO big FROM big; ROLLBACK")
    assert stamp is not None and stamp.holds()


def test_there_is_no_copy_where_it_would_not_be_whole(
    large: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.duckdb"
    # Somebody still reads the state before an update: DuckDB makes no checkpoint.
    reader = large.cursor()
    reader.execute("BEGIN").execute("FROM big").fetchone()
    large.execute("UPDATE big SET text = 'x' WHERE i = 1")
    assert copied(large, copy) is None
    reader.execute("ROLLBACK")
    with duckdb.connect() as memory:
        run_script(memory, BIG)
        assert copied(memory, copy) is None
        # An attached database may have been told to write no log.
        memory.execute(f"ATTACH '{tmp_path}/other.duckdb' AS other (RECOVERY_MODE no_wal_writes)")
        run_script(memory, f"USE other; {BIG}")
        assert copied(memory, copy) is None
    for name, value in (("executable", ""), ("executable", "/nowhere"), ("frozen", True)):
        with monkeypatch.context() as patch:
            patch.setattr(sys, name, value, raising=False)
            assert copied(large, copy) is None
    with monkeypatch.context() as patch:
        patch.setattr(file_copy, "free_bytes", lambda folder: file_copy.LARGE)
        assert copied(large, copy) is None
    assert not copy.exists()
    assert copied(large, copy) is not None


def test_a_checkpoint_while_the_file_is_copied_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "source"
    source.write_bytes(bytes(range(256)) * 400)
    assert copier.main([str(source), str(tmp_path / "whole")]) == 0
    assert (tmp_path / "whole").read_bytes() == source.read_bytes()
    assert bytes.fromhex(capsys.readouterr().out) == source.read_bytes()[: copier.HEADERS]

    def copy_and_checkpoint(read: int, write: int) -> None:
        real(read, write)
        with source.open("r+b") as file:
            file.seek(5000)
            file.write(b"new headers")

    real = copier._copy
    monkeypatch.setattr(copier, "_copy", copy_and_checkpoint)
    assert copier.main([str(source), str(tmp_path / "torn")]) == copier.CHANGED
    assert capsys.readouterr().out == ""


def test_the_lock_stays_and_another_process_cannot_write(
    large: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    assert run_guarded(large, CHANGE, "up").failure is None
    code = "import duckdb, sys; duckdb.connect(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "shop.duckdb")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Could not set lock" in done.stderr


def test_values_that_a_rolled_back_transaction_drew_are_in_the_shadow(
    large: duckdb.DuckDBPyConnection,
) -> None:
    run_script(large, "CREATE SEQUENCE numbers; BEGIN; SELECT nextval('numbers'); ROLLBACK")
    with large.cursor() as cursor, open_shadow(cursor) as shadow:
        assert shadow.con.execute("SELECT nextval('numbers')").fetchall() == [(2,)]
    assert run_guarded(large, CHANGE, "up").failure is None


def test_a_read_only_connection_can_have_a_copy_of_the_file(
    large: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    large.close()
    with duckdb.connect(tmp_path / "shop.duckdb", read_only=True) as con:
        assert copied(con, tmp_path / "copy.duckdb") is not None


def test_with_writers_going_on_no_copy_is_torn_and_no_row_is_lost(
    large: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    # Money that moves between accounts: the sum is the same in every committed state.
    run_script(large, "CREATE TABLE accounts AS SELECT i, 100 AS money FROM range(50) AS r(i)")
    # Checkpoints all the time: what they free is written over by the next.
    run_script(large, "CHECKPOINT; SET GLOBAL wal_autocheckpoint = '100KB'")
    stop, committed = threading.Event(), [0, 0]

    def write(number: int) -> None:
        with large.cursor() as cursor:
            while not stop.is_set():
                try:
                    cursor.execute("BEGIN")
                    move = "UPDATE accounts SET money = money + ? WHERE i = ?"
                    cursor.execute(move, [5, 2 * (committed[number] % 25) + number])
                    cursor.execute(move, [-5, (2 * (committed[number] % 25) + 2 + number) % 50])
                    cursor.execute(
                        "INSERT INTO big SELECT ?, md5(i::VARCHAR) FROM range(5000) r(i)",
                        [-1 - number],
                    )
                    cursor.execute("COMMIT")
                    committed[number] += 1
                    time.sleep(0.03 * (committed[number] % 3))
                except duckdb.TransactionException:
                    cursor.execute("ROLLBACK")

    threads = [threading.Thread(target=write, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    source = tmp_path / "shop.duckdb"
    try:
        for round_ in range(20):
            # A checkpoint meanwhile gives no copy; how often that happens is up to the clock, and
            # the test above makes it happen.
            copy = tmp_path / f"copy{round_}.duckdb"
            if file_copy._headers_of(source, copy) is not None:
                assert_not_torn(copy)
        guarded = run_guarded(large, CHANGE, "up")
        assert guarded.failure is None or guarded.failure.error == CHANGED_MEANWHILE
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    last = tmp_path / "last.duckdb"
    assert file_copy._headers_of(source, last) is not None
    assert_not_torn(last)
    rows = 300_000 + 5000 * sum(committed)
    assert large.execute("SELECT count(*) FROM big").fetchall() == [(rows,)]


def assert_not_torn(copy: Path) -> None:
    # What is committed and in the log alone is not in the copy; all else is, and whole.
    with duckdb.connect(copy) as con:
        assert con.execute("SELECT sum(money) FROM accounts").fetchall() == [(5000,)]
        count = "SELECT count(*), count(*) FILTER (length(text) = 32) FROM big"
        ((rows, texts),) = con.execute(count).fetchall()
        assert rows == texts and (rows - 300_000) % 5000 == 0
    copy.unlink()
