"""The replay of one notebook: what cells show, what an answer is, and what a death leaves."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from course_lib.exercises.limits import Limits
from course_lib.grading.faults import why_fault
from course_lib.grading.graft import NOT_RUN
from course_lib.grading.replay import Replay
from course_lib.grading.worker_process import LIMITS, Cell, Death, Shown, play

pytestmark = pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def shown(folder: Path, *sources: str, seconds: float = 30.0) -> list[Shown | Death]:
    return list(play([Cell(source) for source in sources], folder, seconds=seconds))


def test_outputs_are_those_of_a_kernel(folder: Path) -> None:
    source = """
import sys
from IPython.display import HTML, clear_output, display
print("one"); print("two")
display(HTML("<b>three</b>"))
print("four", file=sys.stderr)
1.5"""
    (only,) = shown(folder, source)
    assert isinstance(only, Shown)
    assert [output["output_type"] for output in only.outputs] == [
        "stream",
        "display_data",
        "stream",
        "execute_result",
    ]
    assert only.outputs[0] == {"output_type": "stream", "name": "stdout", "text": "one\ntwo\n"}
    assert only.outputs[1]["data"]["text/html"] == "<b>three</b>"
    assert only.outputs[3]["data"] == {"text/plain": "1.5"}
    assert only.outputs[3]["execution_count"] == only.number == 1


def test_cells_share_their_names_and_an_error_stops_no_other(folder: Path) -> None:
    first, second, third = shown(folder, "n = 20", "1 / 0", "n + 1")
    assert isinstance(first, Shown) and isinstance(second, Shown) and isinstance(third, Shown)
    assert second.outputs[0]["ename"] == "ZeroDivisionError"
    assert third.outputs[0]["data"]["text/plain"] == "21"
    assert third.number == 3


@pytest.mark.parametrize(
    "body",
    [
        "{1 + 1} %time !touch made",
        ">>> print(1)\n... 2",
        "\\N{BULLET} \x0c\x00 '''\n%%python\nx",
        "",
    ],
)
def test_an_answer_is_data_to_its_magic(folder: Path, body: str) -> None:
    magic = """
from IPython.core.getipython import get_ipython
def keep(line, cell):
    print(ascii([line, cell]))
get_ipython().register_magic_function(keep, "cell", "keep")
"""
    cells = [Cell(magic), Cell(f"%%keep a name\n{body}", answer=True)]
    _, answer = play(cells, folder, seconds=30)
    assert isinstance(answer, Shown)
    assert answer.outputs[0]["text"] == ascii(["a name", body + "\n"]) + "\n"
    assert [*folder.iterdir()] == []


def test_files_of_the_folder_are_not_imported(folder: Path) -> None:
    for name in ("json", "duckdb", "course_lib", "sitecustomize"):
        (folder / f"{name}.py").write_text("raise SystemExit('mine')")
    (only,) = shown(folder, "import duckdb, json, course_lib; print('theirs')")
    assert isinstance(only, Shown) and only.outputs[0]["text"] == "theirs\n"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "ended by SIGSEGV"),
        ("import os; os._exit(3)", "exit code 3"),
        ("import time; time.sleep(1000)", "did not end within 3 seconds"),
        ("while True: pass", "did not end within 3 seconds"),
        ("import os\nos.close(1)\nwhile True: pass", "within 3 seconds"),
        ("print('x' * 70_000_000)", "shows more than 64 MB"),
    ],
)
def test_a_death_is_a_result(folder: Path, source: str, why: str) -> None:
    first, second = shown(folder, "1", source, "2", seconds=3.0)
    assert isinstance(first, Shown)
    assert isinstance(second, Death) and why in second.why


def test_limits_hold_in_the_worker(folder: Path) -> None:
    big = "\n".join(
        [
            "try:",
            "    hog = bytearray(8 << 30)",
            "except MemoryError:",
            "    print('no memory')",
            "with open('big', 'wb') as file:",
            "    try:",
            "        for _ in range(700): file.write(bytes(1 << 20))",
            "    except OSError as error:",
            "        print(error.strerror)",
        ]
    )
    (only,) = shown(folder, f"import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n{big}")
    assert isinstance(only, Shown)
    assert only.outputs[0]["text"] == "no memory\nFile too large\n"
    assert (folder / "big").stat().st_size <= LIMITS.file


def test_a_limit_that_cannot_be_set_is_said(folder: Path) -> None:
    told: list[str] = []
    odd = Limits(memory=1 << 70, cpu=60, file=1 << 20, files=256)
    (only,) = play([Cell("1")], folder, seconds=30, limits=odd, on_log=told.append)
    assert isinstance(only, Shown)
    assert told == ["no limit on memory on this system"]


def test_what_a_cell_started_is_ended_with_it(folder: Path) -> None:
    source = "import subprocess; subprocess.Popen(['sleep', '4242']); 1"
    shown(folder, source)
    for _ in range(50):
        told = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
        if "sleep 4242" not in told.splitlines():
            break
        time.sleep(0.1)
    assert "sleep 4242" not in told.splitlines()


def check_cell(source: str, name: str) -> NotebookNode:
    about = {"grade": True, "solution": False, "locked": True, "grade_id": name, "points": 2}
    return new_code_cell(source, metadata={"nbgrader": about})


def replayed(folder: Path, *cells: NotebookNode) -> list[NotebookNode]:
    resources = {"nbgrader": {"notebook": "n", "student": "s"}, "metadata": {"path": str(folder)}}
    notebook, _ = Replay(seconds_per_cell=5).preprocess(new_notebook(cells=[*cells]), resources)
    return list(notebook.cells)


SEGFAULT = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"


def test_a_check_that_dies_leaves_the_other_checks_their_verdict(folder: Path) -> None:
    cells = replayed(
        folder,
        new_code_cell("points = 1.5"),
        check_cell("points", "a"),
        check_cell(SEGFAULT, "b"),
        check_cell("points + 0.5", "c"),
        new_code_cell("print('the end')"),
    )
    assert [bool(why_fault(cell)) for cell in cells[1:4]] == [False, True, False]
    assert cells[1].outputs[0].data["text/plain"] == "1.5"
    assert cells[3].outputs[0].data["text/plain"] == "2.0"
    assert cells[4].outputs[0].text == "the end\n"


def test_where_another_cell_dies_no_check_below_it_is_judged(folder: Path) -> None:
    cells = replayed(
        folder, check_cell("2.0", "a"), new_code_cell(SEGFAULT), check_cell("2.0", "b")
    )
    assert [bool(why_fault(cells[n])) for n in (0, 2)] == [False, True]


def test_a_check_that_grading_does_not_run_is_no_full_mark(folder: Path) -> None:
    tagged = check_cell("2.0", "a")
    tagged.metadata.tags = [NOT_RUN]
    cells = replayed(folder, tagged, check_cell("", "b"), check_cell("2.0", "c"))
    assert [bool(why_fault(cell)) for cell in cells] == [True, True, False]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("1.0", False),
        ("0.0", False),
        ("assert 1 == 2", False),
        ("pass", False),
        ("print('1.0')", False),
        ("float('inf')", True),
        ("float('nan')", True),
        ("-1.0", True),
        ("2.5", True),
        ("'two'", True),
        ("no_such_name", True),
        ("import warnings; warnings.warn('old'); 1.0", True),
        ("import sys; print('x', file=sys.stderr)", True),
    ],
)
def test_what_is_no_plain_number_in_range_is_no_mark(
    folder: Path, source: str, fault: bool
) -> None:
    (cell,) = replayed(folder, check_cell(source, "a"))
    assert bool(why_fault(cell)) is fault


@pytest.fixture(autouse=True)
def _nothing_is_left(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    place = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield
    assert [*place.iterdir()] == []
