"""Which projects are open in this notebook. Each is made when it is first asked for."""

from __future__ import annotations

import atexit
import tempfile
from importlib.util import find_spec
from pathlib import Path

from ..errors import LessonError
from ..lesson import Lesson
from .project import Project
from .tools import Tool

_Key = tuple[Path, str]

_open: dict[_Key, tuple[tempfile.TemporaryDirectory[str], Project]] = {}


def project_of(tool: Tool, lesson: Lesson) -> Project:
    """The tool's project for this lesson. Raises LessonError where the tool is not installed."""
    key = (lesson.folder, tool.name)
    if key in _open:
        return _open[key][1]
    if find_spec(tool.package) is None:
        raise LessonError(
            f"{tool.package} is not installed in this Python. Run `python3 bootstrap.py lab` in the"
            " course's folder, which installs it, then run this cell again."
        )
    folder = tempfile.TemporaryDirectory(prefix="updown-", ignore_cleanup_errors=True)
    try:
        project = tool.make(Path(folder.name).resolve(), lesson)
    except BaseException:
        folder.cleanup()
        raise
    _open[key] = (folder, project)
    return project


def put_away(*names: str) -> None:
    """Delete the projects of these tools, or all; the next that is asked for is made anew."""
    for key in [key for key in _open if not names or key[1] in names]:
        _open.pop(key)[0].cleanup()


atexit.register(put_away)
