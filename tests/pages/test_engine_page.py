"""docs/engine.md is true: its files and commands, run in its order, print what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest

from course_lib.migrations.states import EDITED, LATE, MISSING, State

from ..cli.project import FIRST, PHONE, answer_of, make_project, sql, updown

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "engine.md"
PAGES = ("engine.md", "formats.md", "operations.md", "review.md", "coming-from.md")

_BLOCK = re.compile(
    r"^```(?P<kind>\w+)(?: title=(?P<title>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Command:
    """What stands after `$ ` and after `> ` below it, and the lines that the page shows then."""

    line: int
    text: str
    shown: str


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_true(tmp_path: Path, page: str) -> None:
    commands = 0
    for block in _BLOCK.finditer((PAGE.parent / page).read_text(encoding="utf-8")):
        if block["title"]:
            path = tmp_path / block["title"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["text"], encoding="utf-8")
        elif block["kind"] == "console":
            for command in read_commands(block):
                printed = run(command.text, tmp_path)
                place = f"docs/{page}, line {command.line}: {command.text}"
                assert settle(printed) == settle(command.shown), place
                commands += 1
    assert commands


def read_commands(block: re.Match[str]) -> list[Command]:
    start = block.string[: block.start("text")].count("\n") + 1
    commands: list[Command] = []
    for number, line in enumerate(block["text"].splitlines(keepends=True), start):
        if line.startswith("$ "):
            commands.append(Command(number, line[2:].rstrip("\n"), ""))
        elif line.startswith("> "):
            last = commands.pop()
            commands.append(Command(last.line, f"{last.text}\n{line[2:]}".rstrip(), last.shown))
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


def read_table(first: str) -> list[tuple[str, ...]]:
    """The rows of the page's tables whose first heading is this one."""
    rows: list[tuple[str, ...]] = []
    wanted = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
        if not line.startswith("|"):
            wanted = False
        elif wanted:
            rows.append(cells)
        wanted = wanted or (line.startswith("|") and cells[0] == first)
    return [row for row in rows if not set(row[0]) <= {"-"}]


def names(cell: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", cell)


def settle(text: str) -> str:
    """Without what differs from run to run: moments, durations, hashes."""
    text = re.sub(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?(\.\d+)?", "<moment>", text)
    text = re.sub(r"\b\d+ ms\b", "<duration>", text)
    text = re.sub(r'"seconds": [\d.e-]+', '"seconds": 0', text)
    return re.sub(r"v1:[0-9a-f]+", "v1:<hash>", text)


def test_the_states_of_the_page_are_the_engines() -> None:
    sentences = {"edited": EDITED, "missing": MISSING, "late": LATE}
    told = {state: f"{what}; {todo}" for state, what, todo in read_table("state")}
    assert told.keys() == set(get_args(State))
    assert {state: told[state] for state in sentences} == sentences


def test_the_ledger_of_the_page_is_the_ledger(tmp_path: Path) -> None:
    make_project(tmp_path, ("001_make_users.sql", FIRST))
    updown(tmp_path, "up")
    for table, columns in read_table("table"):
        found = sql(tmp_path, f"DESCRIBE {names(table)[0]}")
        assert columns == ", ".join(f"`{row[0]}` {row[1]}" for row in found)


def test_each_command_prints_the_keys_that_the_page_lists(tmp_path: Path) -> None:
    make_project(tmp_path, ("001_make_users.sql", FIRST), ("002_add_phone.sql", PHONE))
    updown(tmp_path, "up", "--count", "1")
    found: dict[str, dict[str, Any]] = {}
    rows = [
        (command, names(keys))
        for commands, keys in read_table("command")
        for command in names(commands)
    ]
    # What needs a pending migration comes before `up`, and what needs an applied one after it.
    order = ["plan", "up --dry-run", "rehearse", "round-trip", "up"]
    rows.sort(key=lambda row: order.index(row[0]) if row[0] in order else len(order))
    for command, keys in rows:
        if command.startswith("baseline"):
            sql(tmp_path, "DELETE FROM updown.ledger")
        found[command] = answer_of(tmp_path, *command.split())
        assert list(found[command]) == [*keys, "problems"], command
    objects = {name: set(names(keys)) for name, keys in read_table("object")}
    assert set(found["status"]["migrations"][0]) == objects["migration of `status`"]
    planned = found["plan"]["migrations"][0]
    assert set(planned) == objects["migration of `plan`"]
    assert set(planned["steps"][0]) == objects["step"]
    assert set(found["up"]["done"][0]) == objects["done"]
    assert set(found["round-trip"]["tables"][0]) == objects["table of `round-trip`"]
    assert set(found["log"]["events"][0]) == objects["event"]


def test_what_goes_wrong_has_the_keys_that_the_page_lists(tmp_path: Path) -> None:
    failing = FIRST.replace("-- migrate:down", "SELECT error('stop');\n-- migrate:down")
    make_project(tmp_path, ("001_make_users.sql", failing))
    sql(tmp_path, "CREATE TABLE t (a INTEGER)")
    objects = {name: set(names(keys)) for name, keys in read_table("object")}
    failed = answer_of(tmp_path, "up", code=1)
    assert set(failed["failure"]) == objects["failure"]
    assert set(failed["problems"][0]) == objects["problem"]
    (difference,) = answer_of(tmp_path, "diff", code=1)["differences"]
    assert set(difference) == objects["difference"]
