"""A kill at any moment, or a full disk, leaves the state before or after, never one between."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import file_copy, read_applied, run_plan

from .crash import run_and_die, run_on_full_disk
from .databases import (
    SOURCE_DOWN,
    SOURCE_FILE,
    SOURCE_STATEMENTS,
    plan_of,
    run_script,
    sections,
    state,
    write_folder,
)

ROWS = 30_000
SEED = f"""CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
INSERT INTO users SELECT i, md5(i::VARCHAR) FROM range({ROWS}) AS r(i);
CREATE TABLE notes (id INTEGER, body VARCHAR);
INSERT INTO notes SELECT i, repeat(md5(i::VARCHAR), 10) FROM range(5000) AS r(i)"""

# How much DuckDB lets its log grow before it writes all of it into the file.
SIZES = ("16MB", "1KB")

# A server that has imported DuckDB forks each child, which is ten times faster than a new Python.
context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["tests.migrations.crash"])


class Runs:
    """A database as it is before the migration, and the states that a crash may leave."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template.duckdb"
        self.database = folder / "shop.duckdb"
        self.migrations = write_folder(
            folder, {SOURCE_FILE: sections(SOURCE_STATEMENTS, SOURCE_DOWN)}
        )
        with duckdb.connect(self.template) as con:
            run_script(con, SEED)
            self.before = state(con)[:2]

    def start(
        self, target: Callable[..., None], *arguments: object
    ) -> tuple[BaseProcess, Connection]:
        """A child at work on a fresh copy of the database, and our end of its pipe."""
        self.database.with_name("shop.duckdb.wal").unlink(missing_ok=True)
        shutil.copy(self.template, self.database)
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(
            target=target, args=(self.database, self.migrations, *arguments, theirs)
        )
        child.start()
        theirs.close()
        return child, ours

    def left(self) -> list[Path]:
        """The shadows that a crash left behind."""
        return list(self.folder.glob(".updown-shadow-*"))


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path)


@pytest.mark.parametrize("large", [file_copy.LARGE, 0], ids=["rows", "file"])
def test_a_kill_in_the_middle_leaves_before_or_after(runs: Runs, large: int) -> None:
    kill_many(runs, [step / 14 for step in range(16)] + [3], large)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("large", [file_copy.LARGE, 0], ids=["rows", "file"])
def test_three_hundred_kills_leave_before_or_after(runs: Runs, large: int) -> None:
    moments = random.Random(7)
    kill_many(runs, [moments.uniform(0, 1.2) for _ in range(298)] + [0, 3], large)


def kill_many(runs: Runs, shares: list[float], large: int) -> None:
    """Kill a child at each share of the time that an undisturbed run takes."""
    child, pipe = runs.start(run_and_die, large)
    assert pipe.recv() == "ready"
    started = time.perf_counter()
    assert pipe.recv() is None
    whole = time.perf_counter() - started
    child.join()
    with duckdb.connect(runs.database) as con:
        after = state(con)[:2]
    seen = {"before": 0, "after": 0, "shadow left": 0}
    for share in shares:
        child, pipe = runs.start(run_and_die, large)
        assert pipe.recv() == "ready"
        time.sleep(share * whole)
        child.kill()
        child.join()
        seen["shadow left"] += bool(runs.left())
        with duckdb.connect(runs.database) as con:
            found = state(con)
            names = [row.name for row in found[2]]
            if found[:2] == runs.before:
                seen["before"] += 1
                assert names == []
            else:
                seen["after"] += 1
                assert (found[:2], names) == (after, ["001_add_email_to_users"])
            assert run_plan(con, plan_of(con, runs.migrations)).failure is None
            assert state(con)[:2] == after and len(read_applied(con)) == 1
        # A run that had nothing more to do made no shadow and cleaned up after nobody.
        assert not runs.left() or names
        for left in runs.left():
            shutil.rmtree(left)
    # The first and the last moment are certain; where the others fall is up to the clock.
    assert seen["before"] and seen["after"], seen


SMALL_UP = "UPDATE users SET name = upper(name)"
FULL_DISKS = [
    *((SOURCE_STATEMENTS, share, size) for share in (0, 0.002, 0.5, 0.999) for size in SIZES),
    *((SMALL_UP, share, size) for share in (0, 0.002) for size in SIZES),
    # Written in a transaction, and then there is no room for the checkpoint.
    *((SMALL_UP, share, "1KB") for share in (0.5, 0.999)),
]


@pytest.mark.parametrize(("up", "share", "checkpoint"), FULL_DISKS)
def test_a_full_disk_is_told_in_words_and_changes_nothing(
    runs: Runs, up: str, share: float, checkpoint: str
) -> None:
    (runs.migrations / SOURCE_FILE).write_text(sections(up, SOURCE_DOWN))
    limit = 1 + int(runs.template.stat().st_size * share)
    child, pipe = runs.start(run_on_full_disk, limit, checkpoint)
    sentence = pipe.recv()
    child.join()
    assert child.exitcode == 0
    assert sentence is not None, "the migration fitted: the limit stands for no full disk"
    assert "the disk cannot hold the change" in sentence
    assert "nothing was changed, make room on the disk" in sentence
    with duckdb.connect(runs.database) as con:
        assert state(con) == (*runs.before, ())
        assert not runs.left()
        assert run_plan(con, plan_of(con, runs.migrations)).failure is None
        assert con.execute("SELECT count(*) FROM users").fetchall() == [(ROWS,)]
