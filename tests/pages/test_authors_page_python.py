"""docs/authors.md, an answer in Python: its exercise holds, and its commands print that."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from .test_authors_page import OF_PYTHON, run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the box needs a POSIX system")

PARTS = re.findall(r"^~~~toml\n(.*?)^~~~$", OF_PYTHON, re.MULTILINE | re.DOTALL)
CONSOLES = re.findall(r"^~~~console\n(.*?)^~~~$", OF_PYTHON, re.MULTILINE | re.DOTALL)


def test_the_commands_print_what_the_page_says(tmp_path: Path) -> None:
    folder = tmp_path / "lessons" / "drafts" / "exercises"
    folder.mkdir(parents=True)
    text = "".join(PARTS)
    (folder / "next-number.toml").write_text(text, encoding="utf-8")
    answer = text.split('name = "a loop"\nanswer = """\n', 1)[1].split('"""', 1)[0]
    (tmp_path / "answer.py").write_text(answer, encoding="utf-8")
    (console,) = CONSOLES
    steps = re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]
    assert len(steps) == 2
    for step in steps:
        command, _, expected = step.partition("\n")
        done = run(tmp_path, command)
        assert (done.returncode, done.stderr) == (0, ""), command
        assert done.stdout.startswith(expected)
