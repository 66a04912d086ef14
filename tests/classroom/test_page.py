"""docs/instructors.md: its `updown class` commands, in its order, in a home of their own."""

from __future__ import annotations

import re
from pathlib import Path

from tests.classroom.class_course import ROOT
from tests.nbgrader_commands import open_terminal


def commands_about_the_class() -> list[str]:
    """Every `updown class` command of the page, whatever its heading."""
    text = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith(("updown class", "chmod"))]


def test_the_commands_of_the_page_do_what_it_says(checkout: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    exchange = tmp_path / "srv" / "up-and-down" / "exchange"
    seen = []
    with open_terminal(checkout, home) as terminal:
        for line in commands_about_the_class():
            folder = home / "up-and-down-class"
            if line == "updown class doctor":
                terminal.run(f"cd {folder}")
                terminal.run(line)
                terminal.run(f"cd {checkout}")
            elif line.startswith(("updown class new", "chmod")):
                terminal.run(line.replace("/srv", str(tmp_path / "srv")))
                text = (folder / "class.toml").read_text().splitlines()[-1]
                seen.append(text.removeprefix("exchange = ").strip('"'))
    assert seen == ["exchange", str(exchange), str(exchange), ""]
    assert folder.stat().st_mode & 0o777 == 0o700
