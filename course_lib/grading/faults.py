"""A check that could not be made: what the learner reads of it, and how it is known again."""

from __future__ import annotations

import math
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader import utils  # type: ignore[import-untyped]

from course_lib.notebook.display import panel, sentence

WHY = "updown_why"
"""The key of an output's metadata under which it says why there is no verdict."""

_LINE_END = "\n"

NOT_JUDGED = "inf"
"""The result of a check that judged nothing, as text. nbgrader refuses it as points."""


def fault_output(why: str) -> NotebookNode:
    """The output of a check cell whose process came to no verdict; `why` ends a sentence."""
    shown = panel(
        "The check failed, and not you: there is no mark for this yet.",
        sentence(
            f"The check could not do its work: {why}. This says nothing about your answer, and it"
            " costs no points. It waits for your instructor, who looks at it by hand."
        ),
        tone="note",
    )
    data = {"text/plain": NOT_JUDGED, "text/html": shown.html}
    result: NotebookNode = new_output(  # type: ignore[no-untyped-call]
        "execute_result", data=data, metadata={WHY: why}
    )
    return result


def why_fault(cell: NotebookNode) -> str:
    """Why the outputs of a check cell are no judgement of an answer; empty where they are one.

    A judgement is what nbgrader can read as points: a plain number from 0 to the cell's points, an
    AssertionError, or nothing at all. Everything else is a fault of ours, since no code of a
    learner runs: another exception, text on stderr, another result. nbgrader would make a zero or
    full points of it.
    """
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            raised = f"it raised {output.ename}: {str(output.evalue).partition(_LINE_END)[0]}"
            return "" if output.ename == "AssertionError" else raised
        if output.output_type == "stream" and output.name == "stderr":
            return f"it said on standard error: {str(output.text).strip().partition(_LINE_END)[0]}"
        if output.output_type == "execute_result":
            text = output.get("data", {}).get("text/plain")
            points = _number(text)
            if points is None or not 0 <= points <= float(cell.metadata.nbgrader["points"]):
                return str(output.get("metadata", {}).get(WHY, f"its result is {text}"))
    return ""


def is_check(cell: NotebookNode) -> bool:
    """Whether a cell is one whose points a program gives."""
    return bool(cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell))


def _number(text: Any) -> float | None:
    try:
        number = float(text)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None
