"""The lock of a submission: one process at a time, and gone with whoever held it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from course_lib.grading.lock import locked, submission_lock
from tests.grading.class_folder import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system")

HOLD = """
import sys, time
from pathlib import Path
from course_lib.grading.lock import submission_lock
with submission_lock(Path(sys.argv[1]), "lesson", sys.argv[2]):
    print("held", flush=True)
    time.sleep(600)
"""


def hold(course: Path, student: str) -> subprocess.Popen[str]:
    """A process that has the lock of a submission."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(course), student],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stdout.readline() == "held\n"
    return process


def test_another_process_waits_until_the_holder_is_killed(tmp_path: Path) -> None:
    path = tmp_path / ".grading" / "locks" / "lesson" / "ada"
    with hold(tmp_path, "ada") as holder:
        with pytest.raises(BlockingIOError), locked(path, wait=False):
            pass
        with submission_lock(tmp_path, "lesson", "grace"):
            pass  # somebody else's work is free
        threading.Timer(0.2, holder.kill).start()
        with submission_lock(tmp_path, "lesson", "ada"):
            assert holder.wait() < 0


def test_the_holder_may_take_it_again(tmp_path: Path) -> None:
    with submission_lock(tmp_path, "lesson", "ada"):
        with submission_lock(tmp_path, "lesson", "ada"):
            pass
        path = tmp_path / ".grading" / "locks" / "lesson" / "ada"
        with pytest.raises(BlockingIOError), locked(path, wait=False):
            pass
    with locked(path, wait=False):
        pass


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError), locked(tmp_path / "lock"):
        pass
    assert not (tmp_path / "elsewhere").exists()
