"""nbgrader's own steps on a class's folder, as its Formgrader calls them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from nbgrader.apps.api import NbGraderAPI  # type: ignore[import-untyped]
from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]

from course_lib.classroom.course_folder import CourseFolder

_REFUSED = re.compile(r"^\s*(?:\w+\.)*NbGraderException: (.+)$", re.MULTILINE)
"""The end of a traceback in its log; what comes after points to it alone."""


class StepError(Exception):
    """nbgrader did not do a step. The text is what it said."""


def open_api(course: CourseFolder, config: Any = None) -> NbGraderAPI:
    """nbgrader's API, with the class's configuration where no other is given."""
    config = course.config if config is None else config
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def do_step(step: Callable[..., dict[str, Any]], *arguments: object, **options: object) -> str:
    """Do one step; gives its log. Raises StepError, and KeyboardInterrupt."""
    result = step(*arguments, **options)
    if not result["success"]:
        # nbgrader takes Ctrl-C for an error like any other.
        if str(result["error"]).rstrip().endswith("KeyboardInterrupt"):
            raise KeyboardInterrupt
        raise StepError(_what_it_said(result.get("log") or result.get("error") or ""))
    return str(result.get("log", ""))


def _what_it_said(text: str) -> str:
    """nbgrader's own sentence; else its last line, without the level of its log."""
    if refused := _REFUSED.findall(text):
        return str(refused[-1])
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].partition("] ")[2] or lines[-1] if lines else "nbgrader did not say why"
