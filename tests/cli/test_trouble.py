"""What the world can do to a command: one sentence and the code of docs/engine.md, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import Plan, make_plan, read_folder, run_plan

from .project import FIRST, make_project, state, updown

COMMAND = f"'{sys.executable}' -m course_lib.cli"
SHADOW = FIRST.replace("migrate:up", "migrate:up transaction:false")


def shell(project: Path, line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", line.replace("updown", COMMAND)],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = make_project(tmp_path, ("001_make_users.sql", FIRST))
    assert updown(project, "up").returncode == 0
    return project


def test_a_reader_that_goes_away_is_no_news(project: Path) -> None:
    done = shell(project, "updown log | true")
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("command", ["status", "log --json", "new more"])
def test_an_answer_that_finds_no_room_is_a_sentence(project: Path, command: str) -> None:
    done = shell(project, f"updown {command} > /dev/full")
    assert done.returncode == 1
    assert done.stderr == "The answer cannot be written: No space left on device.\n"


@pytest.mark.parametrize("command", ["status", "up"])
@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("folder", "there is no database file"),
        ("empty", "it is not a DuckDB database"),
        ("text", "it is not a DuckDB database"),
        ("encrypted", "encrypted"),
    ],
)
def test_what_is_no_database_that_can_be_opened(
    project: Path, command: str, made: str, said: str
) -> None:
    other = project / "other.duckdb"
    if made == "folder":
        other.mkdir()
    elif made == "encrypted":
        with duckdb.connect() as con:
            con.execute("SET force_mbedtls_unsafe = 'true'")
            con.execute(f"ATTACH '{other}' AS e (ENCRYPTION_KEY 'key')")
            con.execute("CREATE TABLE e.t (i INTEGER)")
    else:
        other.write_text("" if made == "empty" else "hello\n" * 1000)
    done = updown(project, command, "--database", "other.duckdb")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("other.duckdb: ") and done.stderr.count("\n") == 1
    assert said in done.stderr


def test_a_file_cannot_be_made_in_a_folder_that_is_not_there(project: Path) -> None:
    done = updown(project, "up", "--database", "none/new.duckdb", "--create")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("none/new.duckdb: ") and done.stderr.count("\n") == 1


class _Nobody:
    """The rights of somebody who is not root, for whom no folder is closed."""

    def __enter__(self) -> None:
        self._root = os.geteuid() == 0
        if self._root:
            os.seteuid(65534)

    def __exit__(self, *_: object) -> None:
        if self._root:
            os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="Windows has other rights")
def test_a_folder_of_migrations_that_is_closed_is_a_problem(project: Path) -> None:
    closed = project / "migrations"
    closed.chmod(0)
    try:
        with _Nobody():
            (problem,) = read_folder(closed).problems
    finally:
        closed.chmod(0o755)
    assert "cannot be read (Permission denied)" in str(problem)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="Windows has other rights")
def test_a_folder_that_lets_nobody_make_a_shadow_is_a_failure_in_words() -> None:
    # Not below the folder of pytest, which lets nobody pass.
    with tempfile.TemporaryDirectory() as name:
        _no_shadow(make_project(Path(name), ("001_make_users.sql", SHADOW)))


def _no_shadow(project: Path) -> None:
    before = state(project)
    with duckdb.connect(project / "shop.duckdb", read_only=True) as con:
        plan = make_plan(read_folder(project / "migrations"), (), "up")
        assert isinstance(plan, Plan)
        project.chmod(0o555)
        try:
            with _Nobody():
                failure = run_plan(con, plan).failure
        finally:
            project.chmod(0o755)
    assert "there can be no shadow beside the database: Permission denied" in str(failure)
    assert state(project) == before


def test_the_command_alone_tells_the_commands_and_is_not_enough(tmp_path: Path) -> None:
    done = updown(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert all(f"\n    {name} " in done.stderr for name in ("up", "down", "status", "verify"))


def test_the_version_names_duckdb_too(tmp_path: Path) -> None:
    done = updown(tmp_path, "--version")
    assert done.returncode == 0 and f"DuckDB {version('duckdb')}" in done.stdout
