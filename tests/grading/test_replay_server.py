"""One program forks all replays: it is there once, dies with us, comes again, and remembers nothing
of a submission."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.grading.worker_process import Cell, Death, Shown, play

pytestmark = pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system")

ROOT = Path(__file__).parents[2]
SERVER = "import os; os.getppid()"


def said(folder: Path, *sources: str) -> str:
    """What the last cell gives."""
    *_, last = play([Cell(source) for source in sources], folder, seconds=30)
    assert isinstance(last, Shown), last
    return str(last.outputs[-1]["data"]["text/plain"])


def runs(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return bool(told.stdout.strip()) and not told.stdout.startswith("Z")


def comes_true(what: Callable[[], bool]) -> bool:
    for _ in range(200):
        if what():
            return True
        time.sleep(0.05)
    return False


def test_one_program_forks_all(tmp_path: Path) -> None:
    servers = {said(tmp_path, SERVER) for _ in range(3)}
    children = {said(tmp_path, "import os; os.getpid()") for _ in range(3)}
    assert len(servers) == 1 and len(children) == 3
    assert not servers & {str(os.getpid())}


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_it_has_no_second_thread_and_no_file_of_a_submission(tmp_path: Path) -> None:
    server = said(
        tmp_path,
        "import duckdb; con = duckdb.connect('a.duckdb'); con.execute('FROM range(9)')"
        "\nimport os; os.getppid()",
    )
    about = Path("/proc") / server
    assert len([*(about / "task").iterdir()]) == 1
    held = [str(one.readlink()) for one in (about / "fd").iterdir()]
    assert not [one for one in held if one.startswith(str(tmp_path))]
    assert len(held) <= 5


def test_a_submission_finds_nothing_of_an_earlier_one(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    leaves = """
import builtins, os, sys, tempfile, course_lib.notebook
left = tempfile.mkstemp()[1]
open(left, "w").write("mine")
builtins.left = course_lib.notebook.left = sys.left = left
os.environ["LEFT"] = left
from IPython.core.getipython import get_ipython
open(os.path.join(get_ipython().ipython_dir, "left.py"), "w").write("mine")
print(left)
tempfile.gettempdir() + "|" + get_ipython().ipython_dir
"""
    earlier = said(tmp_path / "first", leaves).strip("'").split("|")
    looks = f"""
import builtins, os, sys, tempfile, course_lib.notebook
from IPython.core.getipython import get_ipython
own = {{tempfile.gettempdir(), get_ipython().ipython_dir, os.getcwd()}}
places = [name for name in dir(builtins) + dir(course_lib.notebook) + dir(sys) if name == "left"]
[places, os.environ.get("LEFT"), [p for p in {earlier!r} if os.path.exists(p)],
 own & {{*{earlier!r}}}, "left" in globals(), os.listdir()]
"""
    assert said(tmp_path / "second", looks) == "[[], None, [], set(), False, []]"


def test_after_its_death_another_takes_its_place(tmp_path: Path) -> None:
    first = said(tmp_path, SERVER)
    os.kill(int(first), signal.SIGKILL)
    second = said(tmp_path, SERVER)
    assert second != first
    assert said(tmp_path, SERVER) == second


def test_where_it_dies_with_a_submission_that_is_a_death(tmp_path: Path) -> None:
    kills = "import os, signal, time; os.kill(os.getppid(), signal.SIGKILL); time.sleep(60)"
    pids, death = play([Cell("import os; os.getpid()"), Cell(kills)], tmp_path, seconds=30)
    assert isinstance(pids, Shown) and isinstance(death, Death)
    assert "the program that starts replays has ended" in death.why
    assert comes_true(lambda: not runs(int(pids.outputs[0]["data"]["text/plain"])))
    assert said(tmp_path, "1 + 1") == "2"


def test_a_changed_environment_reaches_the_next_submission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = "import os; os.environ.get('UPDOWN_TRIED')"
    assert said(tmp_path, asks + " or 0") == "0"
    monkeypatch.setenv("UPDOWN_TRIED", "now")
    assert said(tmp_path, asks) == "'now'"


GRADES = """
import sys
from pathlib import Path
from course_lib.grading.worker_process import Cell, play
sleeps = "import subprocess, time; subprocess.Popen(['sleep', '4243']); time.sleep(1000)"
cells = [Cell("import os; [os.getppid(), os.getpid()]"), Cell(sleeps)]
for came in play(cells, Path(sys.argv[1]), seconds=60):
    print(came.outputs[0]["data"]["text/plain"], flush=True)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_when_who_grades_is_killed_nothing_is_left(tmp_path: Path, how: signal.Signals) -> None:
    command = [sys.executable, "-c", GRADES, str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
    ) as p:
        assert p.stdout
        server, child = map(int, p.stdout.readline().strip(b"[]\n").split(b","))
        assert runs(server) and runs(child)
        assert comes_true(lambda: "sleep 4243" in processes())
        p.send_signal(how)
    assert comes_true(lambda: not runs(server) and not runs(child))
    assert comes_true(lambda: "sleep 4243" not in processes())


def processes() -> list[str]:
    told = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
    return told.splitlines()


def test_a_fork_of_who_grades_has_a_server_of_its_own(tmp_path: Path) -> None:
    ours = said(tmp_path, SERVER)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        theirs = pool.apply(said, (tmp_path, SERVER))
        assert theirs != ours and pool.apply(said, (tmp_path, SERVER)) == theirs
    assert said(tmp_path, SERVER) == ours
