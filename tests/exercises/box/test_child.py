"""A child and what it started are gone when its block ends, however that ends."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path

import pytest

from course_lib.exercises.box.child import started

pytestmark = pytest.mark.skipif(os.name != "posix", reason="groups of processes are POSIX")

# Starts a program of its own, tells its number and waits for ever.
PARENT = """
import subprocess, sys, time
print(subprocess.Popen(['sleep', '3133']).pid, flush=True)
print('a last word', file=sys.stderr, flush=True)
time.sleep(3133)
"""


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_group_is_gone_after_an_exception_too(tmp_path: Path) -> None:
    with (
        contextlib.suppress(KeyError),
        started([sys.executable, "-c", PARENT], tmp_path, os.environ) as process,
    ):
        assert process.stdout is not None
        grandchild = int(process.stdout.readline())
        assert is_there(grandchild)
        raise KeyError
    assert process.returncode == -9
    end = time.monotonic() + 20
    while is_there(grandchild):  # whoever inherits it has to see its end first
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_child_that_has_ended_is_no_error_and_its_words_are_in_the_log(tmp_path: Path) -> None:
    code = "import os; print(os.getcwd(), file=__import__('sys').stderr)"
    with tempfile.TemporaryFile() as log:
        with started([sys.executable, "-c", code], tmp_path, {}, log=log) as process:
            process.wait(60)
        assert process.returncode == 0
        assert process.stdin is not None and process.stdin.closed
        log.seek(0)
        assert log.read().decode().strip() == str(tmp_path.resolve())
