"""What grading left of a submission: the verdicts in its graded notebook.

The graded notebook is ours, made from the released one. It may be missing, or be older than this.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.exercises import Verdict
from course_lib.grading.plain_file import open_plain
from course_lib.notebook.verdict_data import MIME, read_verdict_data

MAX_BYTES = 128 * 2**20
"""Twice of what a worker may show; a longer file is none of ours."""

NOT_GRADED = "it is not graded yet"
NO_VERDICT = "grading left no verdict: its check failed, or an older version graded it"
_CALL = re.compile(r"""^check\(\s*["']([\w-]+)["']""", re.MULTILINE)


@dataclass(frozen=True)
class CheckedCell:
    """One check cell: its nbgrader id `name`, its exercise, and the verdict.

    Without a verdict `why` says why: the file of the answer was missing (`unanswered`), the check
    failed, or the notebook is of an older version. An answer that was left as it was handed out has
    a verdict like any other.
    """

    name: str
    exercise: str
    verdict: Verdict | None
    why: str = ""
    unanswered: bool = False


@dataclass(frozen=True)
class GradedWork:
    """The check cells of a graded submission, in their order; `why` says why there are none."""

    cells: tuple[CheckedCell, ...]
    why: str = ""


def read_verdicts(course: Path, lesson: str, student: str) -> GradedWork:
    """The verdicts in `autograded/<student>/<lesson>/` of a class's folder. Never raises for what
    lies there. With an empty `why`, each exercise that the lesson checks is in `cells`."""
    path = course / "autograded" / student / lesson / f"{lesson}.ipynb"
    if not path.exists():
        return GradedWork((), NOT_GRADED)
    opened = open_plain(path)
    if isinstance(opened, str):
        return GradedWork((), f"its graded notebook cannot be read: {opened}")
    with opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return GradedWork((), f"its graded notebook has more than {MAX_BYTES >> 20} MB")
    try:
        cells = json.loads(content)["cells"]
        return GradedWork(tuple(_checked(cells)))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return GradedWork((), "its graded notebook is damaged; grade it again")


def _checked(cells: list[dict[str, Any]]) -> Iterator[CheckedCell]:
    for cell in cells:
        about = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] != "code" or not about.get("grade"):
            continue
        called = _CALL.search("".join(cell["source"]))
        if called is not None:
            yield _cell(str(about["grade_id"]), called[1], cell["outputs"])


def _cell(name: str, exercise: str, outputs: list[dict[str, Any]]) -> CheckedCell:
    for output in outputs:
        if MIME in output.get("data", {}):
            read = read_verdict_data(output["data"][MIME])
            if isinstance(read, str):
                return CheckedCell(name, exercise, None, read)
            if read.verdict is None:
                return CheckedCell(name, read.exercise, None, "there is no answer", unanswered=True)
            return CheckedCell(name, read.exercise, read.verdict, read.verdict.fault or "")
    return CheckedCell(name, exercise, None, NO_VERDICT)
