"""Ctrl-C and SIGTERM in one long statement: told in a sentence, and the state is before or after.

With more than one thread DuckDB misses a signal for as long as the statement takes, which here is
hours: without the engine's own ear for it, each of these tests runs into its timeout.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import checksum, digest_tables, read_applied, read_schema

from .project import FIRST, make_project, sql, state, updown, write

BEGUN = "COPY (SELECT 1) TO 'begun.csv'"
ENDLESS = "CREATE TABLE endless AS SELECT sum(sqrt(i)) AS s FROM range(100000000000000) AS r(i)"
LONG = f"-- migrate:up\n{BEGUN};\n{ENDLESS};\n-- migrate:down\nDROP TABLE endless;\n"
ON_SHADOW = LONG.replace("migrate:up", "migrate:up transaction:false")
NOTHING = "Interrupted: nothing was changed; run it again.\n"
WORDS = "Interrupted: 002_long was not applied and nothing of it is left"

PYTHON_IS_STARTING = "Fatal Python error: init_"

WAITS = f"""\
def up(db):
    db.execute("{BEGUN}")
    try:
        db.execute("{ENDLESS}")
    except Exception:
        pass


def down(db):
    pass
"""
LOOPS = WAITS.replace(f'db.execute("{ENDLESS}")', "for _ in iter(int, 1): pass")
STUBBORN = LOOPS.replace("except Exception:\n        pass", "except BaseException:\n        up(db)")


def project_of(folder: Path, text: str, name: str = "002_long.sql") -> Path:
    """A project whose first migration is applied and whose second takes hours."""
    make_project(folder, ("001_make_users.sql", FIRST))
    assert updown(folder, "up").returncode == 0
    write(folder, name, text)
    return folder


def stopped(
    project: Path, *arguments: str, by: int = signal.SIGINT, again_after: float = 0
) -> tuple[int, str, str]:
    """Run a command, send it the signal once the long step has begun: code, output, errors."""
    process = subprocess.Popen(
        [sys.executable, "-m", "course_lib.cli", *arguments],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )
    try:
        while not (project / "begun.csv").exists() and process.poll() is None:
            time.sleep(0.02)
        time.sleep(0.3)
        assert process.poll() is None, process.communicate()
        process.send_signal(by)
        if again_after:
            time.sleep(again_after)
            process.send_signal(by)
        printed, said = process.communicate(timeout=60)
    finally:
        process.kill()
    return process.returncode, printed, said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("002_long.sql", LONG),
        ("002_long.sql", ON_SHADOW),
        ("002_long.py", LOOPS),
        ("002_long.py", WAITS),
    ],
    ids=["transaction", "shadow", "a loop in Python", "a statement of Python"],
)
def test_ctrl_c_takes_everything_back_and_says_so(tmp_path: Path, name: str, text: str) -> None:
    project = project_of(tmp_path, text, name)
    before = state(project)
    code, printed, said = stopped(project, "up")
    assert (code, printed, said) == (130, "", f"{WORDS}; `updown up` goes on with it.\n")
    assert state(project) == before
    assert not list(project.glob(".updown-shadow-*"))


def test_what_was_applied_before_is_told(tmp_path: Path) -> None:
    project = make_project(tmp_path, ("001_make_users.sql", FIRST), ("002_long.sql", LONG))
    _, _, said = stopped(project, "up")
    assert said == f"{WORDS}; before it, 1 migration was applied; `updown up` goes on with it.\n"


def test_a_down_and_a_redo_say_what_is_not_done(tmp_path: Path) -> None:
    down = f"-- migrate:up\nSELECT 1;\n-- migrate:down\n{BEGUN};\n{ENDLESS};\n"
    project = project_of(tmp_path, down)
    updown(project, "up")
    for command in ("down", "redo"):
        (project / "begun.csv").unlink(missing_ok=True)
        code, _, said = stopped(project, command)
        assert code == 130
        assert said == (
            "Interrupted: 002_long was not taken back and nothing of it is left; `updown down`"
            " goes on with it.\n"
        )


def test_with_json_it_is_one_object(tmp_path: Path) -> None:
    code, printed, said = stopped(project_of(tmp_path, LONG), "up", "--json")
    (problem,) = json.loads(printed)["problems"]
    assert (code, said, problem["kind"]) == (130, "", "interrupted")
    assert problem["sentence"].startswith(WORDS)


@pytest.mark.parametrize("command", ["rehearse", "round-trip"])
def test_a_command_that_changes_nothing_says_that(tmp_path: Path, command: str) -> None:
    project = project_of(tmp_path, LONG)
    before = state(project)
    assert stopped(project, command) == (130, "", NOTHING)
    assert state(project) == before
    assert not list(project.glob(".updown-shadow-*"))


def test_the_replay_of_verify_stops_too(tmp_path: Path) -> None:
    # No statement may write a file in a replay, so Python says that it has begun.
    text = WAITS.replace(f'db.execute("{BEGUN}")', "open('begun.csv', 'w').close()")
    project = project_of(tmp_path, text, "002_long.py")
    row = f"2, '002_long', '{checksum(text)}', 'transaction', TIMESTAMP '2026-01-01'"
    sql(project, f"INSERT INTO updown.ledger VALUES ({row})")
    before = state(project)
    assert stopped(project, "verify") == (130, "", NOTHING)
    assert state(project) == before


def test_a_request_to_end_is_the_same_with_a_code_of_its_own(tmp_path: Path) -> None:
    project = project_of(tmp_path, ON_SHADOW)
    before = state(project)
    code, _, said = stopped(project, "up", by=signal.SIGTERM)
    assert code == 143 and said.startswith(WORDS)
    assert state(project) == before
    assert not list(project.glob(".updown-shadow-*"))


def test_a_second_one_ends_what_does_not_want_to_end(tmp_path: Path) -> None:
    project = project_of(tmp_path, STUBBORN, "002_long.py")
    before = state(project)
    assert stopped(project, "up", again_after=1.5) == (130, "", "")
    assert state(project) == before


def test_one_that_the_command_was_started_to_ignore_is_ignored(tmp_path: Path) -> None:
    short = LONG.replace(
        ENDLESS, "CREATE TABLE endless AS SELECT sum(sqrt(i)) FROM range(300000000) AS r(i)"
    )
    project = project_of(tmp_path, short)
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        code, printed, said = stopped(project, "up")
    finally:
        signal.signal(signal.SIGINT, handler)
    assert (code, said) == (0, "") and printed.startswith("002_long applied")


@pytest.mark.long
@pytest.mark.parametrize("option", ["", " transaction:false"], ids=["transaction", "shadow"])
def test_at_any_moment_it_is_before_or_after_and_one_sentence(tmp_path: Path, option: str) -> None:
    up = (
        f"-- migrate:up{option}\nUPDATE big SET t = md5(t);\n"
        "CREATE TABLE third AS SELECT * FROM big WHERE i % 3 = 0;\n-- migrate:down\nSELECT 1;\n"
    )
    project = make_project(tmp_path, ("001_change.sql", up))
    sql(project, "CREATE TABLE big AS SELECT i, md5(i::VARCHAR) AS t FROM range(400000) AS r(i)")
    shutil.copy(project / "shop.duckdb", project / "before")
    before = schema_and_rows(project)
    started = time.monotonic()
    assert updown(project, "up").returncode == 0
    took = time.monotonic() - started
    after = schema_and_rows(project)
    command = [sys.executable, "-m", "course_lib.cli", "up"]
    for turn in range(30):
        shutil.copy(project / "before", project / "shop.duckdb")
        with subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True) as process:
            time.sleep(took * (turn + 1) / 30)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)
        code = process.returncode
        # Before the first line of the command it is Python's to say: dead of the signal, or 1 when
        # it was still starting itself.
        unbegun = code == -signal.SIGINT or (code == 1 and said.startswith(PYTHON_IS_STARTING))
        assert unbegun or code in (0, 130), said
        assert "command_line" not in said
        assert unbegun or said.count("\n") == (1 if code == 130 else 0), said
        found = schema_and_rows(project)
        assert found == after if code == 0 else found in (before, after)
        assert not list(project.glob(".updown-shadow-*"))


def schema_and_rows(project: Path) -> object:
    """The state without the times in ledger and log."""
    with duckdb.connect(project / "shop.duckdb") as con:
        return read_schema(con), digest_tables(con), [row.name for row in read_applied(con)]
