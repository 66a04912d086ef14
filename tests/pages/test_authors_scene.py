"""docs/authors.md: the scene that it builds from nothing plays, and its command prints that."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from course_lib.timeline.scenes.scene import ACTS

PAGE = (Path(__file__).parents[2] / "docs" / "authors.md").read_text(encoding="utf-8")
(SCENE,) = re.findall(r"^~~~~toml\n(.*?)^~~~~$", PAGE, re.MULTILINE | re.DOTALL)
(CONSOLE,) = re.findall(r"^~~~~console\n\$ (.*?)^~~~~$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_scene_of_the_page_plays_as_its_command_says(tmp_path: Path) -> None:
    command, _, expected = CONSOLE.partition("\n")
    *words, file = command.split()
    assert words == ["updown", "course", "scene"]
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(SCENE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "course_lib.cli", *words[1:], file],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, expected, "")


def test_the_page_names_every_act() -> None:
    table = PAGE[PAGE.index("| `do` |") : PAGE.index("In a lesson, `scene(")]
    named = set(re.findall(r"^\| (.*?) \|", table, re.MULTILINE))
    found = {act for cell in named for act in re.findall(r"`([\w-]+)`", cell)} - {"do"}
    assert found == set(ACTS)
