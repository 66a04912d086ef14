"""What others hand in is opened without following or waiting, and its bytes are counted."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from course_lib.grading.plain_file import copy_bytes, open_plain


def test_a_link_a_pipe_and_a_folder_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("text")
    (tmp_path / "link").symlink_to("real")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    assert open_plain(tmp_path / "link") == "it is a link, or cannot be read"
    assert open_plain(tmp_path / "missing") == "it is a link, or cannot be read"
    for name in ("pipe", "folder"):
        assert open_plain(tmp_path / name) == "it is not a file of bytes"
    opened = open_plain(tmp_path / "real")
    assert not isinstance(opened, str)
    with opened:
        assert opened.read() == b"text"


def test_bytes_are_counted_and_of_too_many_nothing_is_left(tmp_path: Path) -> None:
    """A file can grow after its size was asked for, and a zip can state a false one."""
    assert copy_bytes(BytesIO(b"x" * 2**20), tmp_path / "fits", 2**20) == 2**20
    assert (tmp_path / "fits").stat().st_size == 2**20
    too_many = copy_bytes(BytesIO(b"x" * (2**20 + 1)), tmp_path / "grown", 2**20)
    assert too_many == "it is larger than 1 MB"
    assert not (tmp_path / "grown").exists()
