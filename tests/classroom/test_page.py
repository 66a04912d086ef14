"""docs/instructors.md: its `updown class` commands, in its order, in a home of their own."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from course_lib.grading.class_file import read_choices
from tests.classroom.class_course import LESSON, ROOT, ROSTER
from tests.nbgrader_commands import Terminal, open_terminal


def commands_about_the_class() -> list[str]:
    """Every `updown class` command of the page, whatever its heading."""
    text = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    lines = [line for line in lines if line.startswith(("updown class", "chmod"))]
    # Those about several machines and a server run in `test_cluster` and `test_postgres_gradebook`.
    return [line for line in lines if "--scheduler" not in line and "--gradebook" not in line]


def test_the_commands_of_the_page_do_what_it_says(checkout: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    exchange = tmp_path / "srv" / "up-and-down" / "exchange"
    seen = []
    with open_terminal(checkout, home) as terminal:
        for line in commands_about_the_class():
            folder = home / "up-and-down-class"
            if line.startswith("updown class collect"):
                if "--from" in line:
                    take_from_lms(terminal, line, folder, home)
                    terminal.run(f"cd {checkout}")
            elif line.startswith("updown class export") and "--template" in line:
                export_to_lms(terminal, line, home)
                terminal.run(f"cd {checkout}")
            elif line == "updown class doctor":
                terminal.run(f"cd {folder}")
                terminal.run(line)
                terminal.run(f"cd {checkout}")
            elif line.startswith(("updown class new", "chmod")):
                terminal.run(line.replace("/srv", str(tmp_path / "srv")))
                seen.append(read_choices(folder).exchange)
    assert sorted(path.name for path in (folder / "submitted").iterdir()) == ["ada", "grace"]
    assert seen == ["exchange", str(exchange), str(exchange), ""]
    assert folder.stat().st_mode & 0o777 == 0o700


def export_to_lms(terminal: Terminal, line: str, home: Path) -> None:
    """The command, with what the LMS gave; nobody has a mark, so it comes back as it was."""
    canvas = f'Student,ID,Section,{LESSON} (88)\n    Points Possible,,,\n"Hopper, Grace",902,A,3\n'
    sheet = "Identifier,Grade,Last modified (grade)\nParticipant 902,3.00,-\n"
    (home / "canvas.csv").write_text(canvas, encoding="utf-8")
    (home / "worksheet.csv").write_text(sheet, encoding="utf-8")
    terminal.run(f"cd {home / 'up-and-down-class'}")
    terminal.run(line)
    made = {"canvas": canvas, "moodle": sheet}
    name = "canvas" if "--for canvas" in line else "moodle"
    assert (home / f"for-{name}.csv").read_text(encoding="utf-8") == made[name]


def take_from_lms(terminal: Terminal, line: str, folder: Path, home: Path) -> None:
    """The command, after what the page says to do before: a roster, a lesson, files that came."""
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    terminal.run("updown class new ~/up-and-down-class")
    terminal.run(f"cd {folder}")
    terminal.run(f"nbgrader generate_assignment {LESSON} --force")
    released = folder / "release" / LESSON / f"{LESSON}.ipynb"
    (home / "grace.ipynb").write_bytes(released.read_bytes())
    with zipfile.ZipFile(home / "submissions.zip", "w") as export:
        export.write(released, f"hoppergrace_902_5551_{LESSON}.ipynb")
    for name in ("ada.zip", "my-work.zip"):
        with zipfile.ZipFile(home / name, "w") as own:
            own.write(released, f"{LESSON}/{LESSON}.ipynb")
    terminal.run(line)
