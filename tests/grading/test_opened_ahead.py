"""Every replay finds DuckDB open in memory, where that leaves the server with one thread."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.grading.worker_process import Cell, Shown, play

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

OPEN = """
from course_lib.exercises import instance
from course_lib.migrations import statements
[len(instance._ahead), hasattr(statements._own, "connection")]
"""
BESIDE_A_THREAD = f"""
import threading
from course_lib.grading.opened_ahead import open_instances
over = threading.Event()
threading.Thread(target=over.wait).start()
print(open_instances(), end=" ")
{OPEN.strip().replace("[len", "print([len")})
over.set()
"""
USES_BOTH = """
from course_lib.exercises import instance
from course_lib.migrations import split_statements
root = instance.open_root()
con = root.cursor()
_ = con.execute("ATTACH ':memory:' AS mine; USE mine; CREATE TABLE t AS FROM range(100000)")
[con.execute("SELECT count(*) FROM t").fetchone(), len(split_statements("SELECT 1; SELECT 2")),
 con.execute("SELECT count(*) FROM duckdb_databases() WHERE NOT internal").fetchone(),
 root.execute("SELECT current_database() <> 'memory'").fetchone(), len(instance._ahead)]
"""


def said(folder: Path, source: str) -> str:
    (came,) = play([Cell(source)], folder, seconds=60)
    assert isinstance(came, Shown)
    return str(came.outputs[-1]["data"]["text/plain"])


def test_a_replay_has_both_instances_from_the_start(tmp_path: Path) -> None:
    assert said(tmp_path, OPEN) == "[1, True]"


def test_each_replay_uses_its_own(tmp_path: Path) -> None:
    for _ in range(2):
        assert said(tmp_path, USES_BOTH) == "[(100000,), 2, (2,), (True,), 0]"


def test_its_limits_and_locks_are_those_of_any_sandbox(tmp_path: Path) -> None:
    look = """
from course_lib.exercises import instance
settings = "SELECT name, value FROM duckdb_settings() WHERE name IN ('memory_limit', 'threads', "
settings += "'async_threads', 'max_execution_time', 'lock_configuration', 'enable_external_access')"
ahead, opened = (instance.open_root().execute(settings).fetchall() for _ in range(2))
[ahead == opened, len(ahead)]
"""
    assert said(tmp_path, look) == "[True, 6]"


def test_beside_another_thread_nothing_is_opened() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BESIDE_A_THREAD], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "False [0, False]", done.stderr
