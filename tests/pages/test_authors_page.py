"""docs/authors.md: the exercise that it builds from nothing holds, and its commands print that."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = (Path(__file__).parents[2] / "docs" / "authors.md").read_text(encoding="utf-8")
PAGE, _, OF_PYTHON = TEXT.partition("\n## An answer in Python\n")
PARTS = re.findall(r"^~~~toml\n(.*?)^~~~$", PAGE, re.MULTILINE | re.DOTALL)
CONSOLES = re.findall(r"^~~~console\n(.*?)^~~~$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course that holds the page's exercise and nothing else, and an answer to it."""
    folder = tmp_path / "lessons" / "drafts" / "exercises"
    folder.mkdir(parents=True)
    (folder / "add-phone.toml").write_text("".join(PARTS), encoding="utf-8")
    answer = PARTS[-1].split('answer = """\n', 1)[1].split('"""', 1)[0]
    (tmp_path / "answer.sql").write_text(answer, encoding="utf-8")
    return tmp_path


def run(course: Path, command: str) -> subprocess.CompletedProcess[str]:
    words = command.split()
    assert words[:2] == ["updown", "course"]
    return subprocess.run(
        [sys.executable, "-m", "course_lib.cli", *words[1:]],
        cwd=course,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_commands_print_what_the_page_says(course: Path) -> None:
    commands = 0
    for console in CONSOLES:
        for step in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
            command, _, expected = step.partition("\n")
            done = run(course, command)
            assert (done.returncode, done.stderr) == (0, ""), command
            assert done.stdout.startswith(expected)
            commands += 1
    assert commands == 3


def test_the_answer_of_the_page_earns_all_points(course: Path) -> None:
    done = run(course, "updown course check drafts/add-phone --answer answer.sql --json")
    verdict = json.loads(done.stdout)
    assert verdict["points"] == verdict["max_points"] == 5
    assert (verdict["databases"], verdict["further_databases"]) == (3, 0)
