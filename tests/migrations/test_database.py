"""Opening a file gives a connection or a problem in words, also while another process has it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import Problem, connect

HOLD = """
import duckdb, sys
con = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(path) as con:
        con.execute("CREATE TABLE t (i INT)")
    return path


@pytest.fixture
def other(database: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the file open."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == "open\n"
        yield process
        if process.poll() is None:
            process.communicate()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_nobody_has_opens(database: Path, read_only: bool) -> None:
    con = connect(database, read_only=read_only)
    assert not isinstance(con, Problem)
    with con:
        assert con.execute("SELECT count(*) FROM t").fetchall() == [(0,)]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_another_process_has_is_locked_and_who_has_it_is_told(
    database: Path, other: subprocess.Popen[str], read_only: bool
) -> None:
    problem = connect(database, read_only=read_only)
    assert isinstance(problem, Problem) and problem.kind == "locked"
    assert f"another program (process {other.pid}) has the database open" in str(problem)
    assert "then try again" in str(problem)
    other.communicate()
    con = connect(database, read_only=read_only)
    assert not isinstance(con, Problem)
    con.close()


def test_a_process_that_was_killed_holds_nothing(
    database: Path, other: subprocess.Popen[str]
) -> None:
    other.kill()
    other.wait()
    con = connect(database)
    assert not isinstance(con, Problem)
    con.close()


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    problem = connect(tmp_path / "nowhere.duckdb")
    assert isinstance(problem, Problem) and problem.kind == "no-database"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.duckdb"
    path.write_text("not a database " * 1000)
    problem = connect(path)
    assert isinstance(problem, Problem) and problem.kind == "not-a-database"
    assert path.read_text() == "not a database " * 1000


@pytest.mark.parametrize("read_only", [True, False])
def test_a_ledger_of_a_later_engine_is_refused_in_words_and_left_as_it_is(
    database: Path, read_only: bool
) -> None:
    with duckdb.connect(database) as con:
        con.execute("CREATE SCHEMA updown")
        con.execute("CREATE TABLE updown.format AS SELECT 99 AS version")
        con.execute("CREATE TABLE updown.ledger (number BIGINT, with_more VARCHAR)")
    before = database.read_bytes()
    problem = connect(database, read_only=read_only)
    assert isinstance(problem, Problem) and problem.kind == "ledger-format"
    assert "format 99" in problem.what and "install" in problem.next_step
    assert database.read_bytes() == before
