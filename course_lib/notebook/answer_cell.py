"""`%%answer NAME`: a cell of Python becomes a file in `answers/`, and its functions can be called.

The check reads the file and runs it in a program of its own. The functions in the notebook are the
learner's, to try things out. When grading, the cell is saved and nothing of it runs.
"""

from __future__ import annotations

import keyword
import linecache
import os
import traceback
from typing import Any

from .attempts import ANSWERS
from .display import Shown, panel, sentence, soft
from .folder import shown_path
from .lesson import Lesson
from .live_check import COURSE
from .migration_cell import save_migration


def answer_cell(lesson: Lesson, name: str, text: str, names: dict[str, Any] | None) -> Shown:
    """Save the cell as `answers/<name>.py`, then run it on the notebook's `names`.

    Without `names`, and when grading, nothing of it runs here.
    """
    name = name.strip()
    if not (name.isascii() and name.isidentifier()) or keyword.iskeyword(name):
        return panel(
            f"`{name or '%%answer'}` is not a name for a function; nothing was saved.",
            sentence("Write the first line as the lesson has it, such as `%%answer pending`."),
            tone="refused",
        )
    path = lesson.folder / ANSWERS / f"{name}.py"
    try:
        save_migration(path, text)
    except OSError as error:
        return panel(
            f"`{shown_path(path)}` was not saved ({error.strerror}).",
            sentence("Make the folder writable, then run the cell again."),
            tone="refused",
        )
    saved = f"Saved as `{shown_path(path)}`"
    if names is None or COURSE in os.environ:
        return panel(f"{saved}.", tone="done")
    stopped = _run(f"<answer {name}>", text, names)
    if stopped:
        told = sentence(f"{stopped} Correct it, then run the cell again.")
        return panel(f"{saved}, but Python stopped in it.", told, tone="refused")
    if not callable(names.get(name)):
        told = soft(f"Write `def {name}(` in it, then run the cell again.")
        return panel(f"{saved}. It has no function `{name}` yet.", told, tone="note")
    return panel(
        f"{saved}.", soft(f"Try `{name}(...)` in a cell of your own, then check."), tone="done"
    )


def _run(file: str, text: str, names: dict[str, Any]) -> str:
    """Run the text; the sentence that says where and why it stopped, empty where it did not."""
    lines = text.splitlines(keepends=True)
    # So that the learner's own calls show the lines of the answer when they end in an error.
    linecache.cache[file] = (len(text), None, lines, file)
    try:
        exec(compile(text, file, "exec", dont_inherit=True), names)
    except (Exception, SystemExit) as error:  # noqa: BLE001  it is the learner's, and is told
        number = error.lineno or 0 if isinstance(error, SyntaxError) else _line(file, error)
        words = str(error.msg if isinstance(error, SyntaxError) else error)
        where = f" in line {number}" if number else ""
        line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
        shown = f" The line is: `{line}`." if line and "`" not in line else ""
        # NotImplementedError, as an empty cell has it, comes without words.
        said = f": {words}" if words else ""
        return f"{type(error).__name__}{where}{said}.{shown}"
    return ""


def _line(file: str, error: BaseException) -> int:
    frames = traceback.extract_tb(error.__traceback__)
    return next((one.lineno or 0 for one in reversed(frames) if one.filename == file), 0)
