"""A file that is written whole or not at all, by processes that are killed, too."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.whole_file import unfinished, write_whole

KILLED = """
import os, signal, sys
from pathlib import Path
from course_lib.whole_file import write_whole

Path.replace = lambda path, target: os.kill(os.getpid(), signal.SIGKILL)
write_whole(Path(sys.argv[1]), "never seen")
"""


def test_text_is_utf_8_with_the_line_ends_that_it_has(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    write_whole(path, "Ünal\r\nFujita 😀\n")
    assert path.read_bytes() == "Ünal\r\nFujita 😀\n".encode()
    write_whole(path, b"\xff")
    assert path.read_bytes() == b"\xff"
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_permissions_are_those_that_were_asked_for(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "marks.csv"
    write_whole(path, "before")
    write_whole(path, "after", mode=mode)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_killed_process_leaves_what_was_there_and_the_next_write_goes_on(tmp_path: Path) -> None:
    path = tmp_path / ".stamp"
    write_whole(path, "before")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert path.read_text() == "before"
    assert unfinished(path).read_text() == "never seen"
    assert unfinished(path).name == ".stamp.unfinished"
    write_whole(path, "after")
    assert path.read_text() == "after"
    assert [*tmp_path.iterdir()] == [path]


def test_where_nothing_can_be_written_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("before")
    unfinished(path).mkdir()
    with pytest.raises(OSError):
        write_whole(path, "after")
    assert path.read_text() == "before"
