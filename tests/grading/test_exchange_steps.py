"""Collecting from the exchange: the files of a submission, and nothing that a link leads to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from course_lib.grading.exchange_steps import copy_files
from course_lib.notebook.work import MAX_FILE

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the exchange needs a POSIX system")


def copied(source: Path, target: Path, *ignored: str) -> tuple[dict[str, bytes], dict[str, str]]:
    left: dict[str, str] = {}
    copy_files(source, target, list(ignored), left.__setitem__)
    there = [path for path in target.rglob("*") if not path.is_dir()]
    assert not [path for path in there if path.is_symlink()]
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in there}, left


def test_files_are_copied_and_links_pipes_and_giants_are_named(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    source = tmp_path / "in"
    (source / "answers").mkdir(parents=True)
    (source / "a.ipynb").write_text("{}")
    (source / "answers" / "quiz-a.jsonl").write_text("[]")
    (source / "shop.duckdb").write_text("ignored")
    (source / "link.ipynb").symlink_to(tmp_path / "secret.txt")
    (source / "folder").symlink_to(tmp_path)
    os.mkfifo(source / "pipe")
    with (source / "giant.ipynb").open("wb") as file:
        file.truncate(MAX_FILE + 1)
    files, left = copied(source, tmp_path / "out", "*.duckdb*")
    assert files == {"a.ipynb": b"{}", "answers/quiz-a.jsonl": b"[]"}
    assert set(left) == {"link.ipynb", "folder", "pipe", "giant.ipynb"}


def test_a_submission_that_is_a_link_is_empty(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "a.ipynb").write_text("the work of another")
    (tmp_path / "in").symlink_to(tmp_path / "theirs")
    assert copied(tmp_path / "in", tmp_path / "out") == ({}, {".": "it is a link"})
