"""docs/engine.md is true: its files and commands, run in its order, print what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "engine.md"

_BLOCK = re.compile(
    r"^```(?P<kind>\w+)(?: title=(?P<title>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Command:
    """A line after `$ `, and the lines that the page shows below it."""

    line: int
    text: str
    shown: str


def test_the_page_is_true(tmp_path: Path) -> None:
    commands = 0
    for block in _BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        if block["title"]:
            path = tmp_path / block["title"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["text"], encoding="utf-8")
        elif block["kind"] == "console":
            for command in read_commands(block):
                printed = run(command.text, tmp_path)
                place = f"docs/engine.md, line {command.line}: {command.text}"
                assert settle(printed) == settle(command.shown), place
                commands += 1
    assert commands > 2


def read_commands(block: re.Match[str]) -> list[Command]:
    start = block.string[: block.start("text")].count("\n") + 1
    commands: list[Command] = []
    for number, line in enumerate(block["text"].splitlines(keepends=True), start):
        if line.startswith("$ "):
            commands.append(Command(number, line[2:].rstrip("\n"), ""))
        else:
            last = commands.pop()
            commands.append(Command(last.line, last.text, last.shown + line))
    return commands


def run(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return done.stdout


def settle(text: str) -> str:
    """Without what differs from run to run: moments, durations, hashes."""
    text = re.sub(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?(\.\d+)?", "<moment>", text)
    text = re.sub(r"\b\d+ ms\b", "<duration>", text)
    text = re.sub(r'"seconds": [\d.e-]+', '"seconds": 0', text)
    return re.sub(r"v1:[0-9a-f]+", "v1:<hash>", text)
