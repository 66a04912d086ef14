"""What the cells of a tool show: a file that was saved, a command that ran."""

from __future__ import annotations

import shlex
import shutil
from pathlib import PurePosixPath

from ..display import Shown, listing, panel, sentence, soft
from ..lesson import Lesson
from .open import project_of, put_away
from .project import SECONDS, Ran, run_python, without_traceback
from .tools import Tool

START_AGAIN = "start-again"


def file_cell(tool: Tool, lesson: Lesson, name: str, text: str) -> Shown:
    """Save a cell as a file of the tool's project."""
    path = PurePosixPath(name.strip())
    if not path.suffix or path.is_absolute() or ".." in path.parts or len(path.as_posix()) > 200:
        return panel(
            f"`{name.strip() or f'%%{tool.name}'}` is not a file of this project; nothing was"
            " saved.",
            sentence(
                f"Name it from the project's folder, as in `%%{tool.name} migrations/001_x.sql`."
                f" A command stands behind one sign: `%{tool.name} COMMAND`."
            ),
            tone="refused",
        )
    saved = project_of(tool, lesson).folder / path
    saved.parent.mkdir(parents=True, exist_ok=True)
    # Two texts of one length may be saved within a second, and byte code would hide the second.
    shutil.rmtree(saved.parent / "__pycache__", ignore_errors=True)
    saved.write_text(text.rstrip() + "\n", encoding="utf-8", newline="\n")
    return panel(f"Saved as `{path}`.", tone="done")


def command_line(tool: Tool, lesson: Lesson, line: str) -> Shown:
    """Run the tool's command and show what it says; of a traceback only the end."""
    try:
        words = shlex.split(line)
    except ValueError as error:
        told = sentence(f"{error}. Close the quotation mark.")
        return panel("Nothing was run.", told, tone="refused")
    if words == [START_AGAIN]:
        put_away(tool.name)
        project_of(tool, lesson)
        return panel(f"A new {tool.name} project, with the users from the start.", tone="done")
    shown = f"`{' '.join([tool.shown, *words])}`"
    ran = run_python(project_of(tool, lesson).folder, *tool.command, *words)
    if ran.code is None:
        told = sentence("Nothing can be typed here, so leave out what asks questions.")
        return panel(f"{shown} was stopped after {SECONDS} seconds.", told, tone="refused")
    if ran.code == 0:
        said = _said(ran) or [soft("It came to its end, and printed nothing.")]
        return panel(shown, *said, tone="done")
    return panel(f"{shown} ended with exit code {ran.code}.", *_said(ran), tone="refused")


def _said(ran: Ran) -> list[Shown]:
    end, before = without_traceback(ran.error)
    parts = [listing(text) for text in (ran.output.strip("\n"), end) if text]
    if before:
        parts.insert(-1 if end else len(parts), soft(f"Below {before} lines of traceback it says:"))
    return parts
