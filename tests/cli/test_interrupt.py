"""Ctrl-C in a long migration is told in a sentence, and leaves the state before the migration."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .project import FIRST, make_project, sql, state

# Many statements of some milliseconds: within one long one, DuckDB may not look for a Ctrl-C.
STATEMENT = "INSERT INTO users SELECT i + 2, 'x' FROM range(30000000) AS r(i) WHERE i < 0;\n"
SLOW = f"-- migrate:up\n{STATEMENT * 3000}-- migrate:down\nSELECT 1;\n"


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_an_interrupted_up_changes_nothing_and_says_so(tmp_path: Path, options: list[str]) -> None:
    project = make_project(tmp_path, ("001_slow.sql", SLOW))
    sql(project, FIRST.splitlines()[1])
    before = state(project)
    process = subprocess.Popen(
        [sys.executable, "-m", "course_lib.cli", "up", *options],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        time.sleep(3)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        printed, said = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 1
    sentence = (
        "Interrupted: the migration that was running was not applied; `updown status` tells what"
        " was."
    )
    if options:
        assert (json.loads(printed)["problems"][0]["sentence"], said) == (sentence, "")
    else:
        assert (printed, said) == ("", f"{sentence}\n")
    assert state(project) == before
